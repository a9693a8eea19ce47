using System.Text;

namespace Libvirt;

/// <summary>Text that the wire carries as characters of C.</summary>
internal static class WireText
{
    /// <summary>The text in front of the first NUL, or all of it when there is none.</summary>
    public static string FromChars(byte[] chars)
    {
        int end = Array.IndexOf(chars, (byte)0);
        return Encoding.UTF8.GetString(chars, 0, end < 0 ? chars.Length : end);
    }
}
