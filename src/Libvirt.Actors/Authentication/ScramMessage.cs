using System.Globalization;

namespace Libvirt.Authentication;

/// <summary>A message of SCRAM: attributes of one letter each, with commas between them.</summary>
internal sealed class ScramMessage
{
    private const int MaxLength = 4096;

    private readonly Dictionary<char, string> _attributes = [];

    private ScramMessage()
    {
    }

    /// <summary>An attribute that must be there.</summary>
    public string this[char name] => Find(name) ?? throw Broken();

    public static ScramMessage Parse(string text)
    {
        ScramMessage message = new();
        if (text.Length > MaxLength)
            throw Broken();
        foreach (string part in text.Split(','))
        {
            // An extension that must be understood (m) is one that we do not have.
            if (part.Length < 2 || part[1] != '=' || part[0] == 'm' || !message._attributes.TryAdd(part[0], part[2..]))
                throw Broken();
        }

        return message;
    }

    public string? Find(char name) => _attributes.GetValueOrDefault(name);

    public byte[] Bytes(char name)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(this[name]);
            return bytes.Length > 0 ? bytes : throw Broken();
        }
        catch (FormatException)
        {
            throw Broken();
        }
    }

    public int Number(char name) => int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Broken();

    private static SaslException Broken() => new("the daemon's message is not SCRAM's.");
}
