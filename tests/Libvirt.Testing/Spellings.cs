using System.Text;

namespace Libvirt.Testing;

/// <summary>The ways in which a secret can stand in a text.</summary>
public static class Spellings
{
    /// <summary>The secret as text, percent-encoded, in hexadecimal digits, and in base64 wherever in a longer text it begins.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return BitConverter.ToString(bytes);
        for (int skipped = 0; skipped < 3; skipped++)
            yield return Convert.ToBase64String(bytes.AsSpan(skipped, (bytes.Length - skipped) / 3 * 3));
    }
}
