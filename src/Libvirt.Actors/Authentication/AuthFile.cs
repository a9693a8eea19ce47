using System.Text;

namespace Libvirt.Authentication;

/// <summary>
/// libvirt's auth.conf: groups <c>[credentials-NAME]</c> hold names and passwords, groups <c>[auth-libvirt-HOST]</c> say which of them a host gets, and
/// <c>[auth-libvirt-default]</c> which all other hosts get.
/// </summary>
internal sealed class AuthFile
{
    // Those of ASCII alone: others may begin a password.
    private const string Blanks = " \t\v\f\r";

    private readonly Dictionary<string, Dictionary<string, string>> _groups = new(StringComparer.Ordinal);

    private AuthFile()
    {
    }

    /// <exception cref="FormatException">The text names the line. It never shows what the line holds.</exception>
    public static AuthFile Parse(string text)
    {
        AuthFile file = new();
        Dictionary<string, string>? group = null;
        int number = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            number++;
            // What stands at the end of a value belongs to it, blanks too.
            ReadOnlySpan<char> line = text.AsSpan(range).TrimStart(Blanks);
            ReadOnlySpan<char> whole = line.TrimEnd(Blanks);
            if (whole.IsEmpty || whole[0] is '#' or ';')
                continue;
            int equals = line.IndexOf('=');
            if (whole[0] == '[' && whole[^1] == ']')
                group = file.Group(whole[1..^1].ToString());
            else if (group is not null && equals > 0)
                group[line[..equals].TrimEnd(Blanks).ToString()] = Unescape(line[(equals + 1)..].TrimEnd('\r').TrimStart(Blanks));
            else
                throw new FormatException($"line {number} is neither a group nor name=value");
        }

        return file;
    }

    /// <summary>The credentials for a host; a user's name that the file leaves out is <paramref name="userName"/>. Null when it has none.</summary>
    public LibvirtCredentials? Find(string host, string? userName)
    {
        Dictionary<string, string>? forHost = _groups.GetValueOrDefault($"auth-libvirt-{host}") ?? _groups.GetValueOrDefault("auth-libvirt-default");
        if (forHost?.GetValueOrDefault("credentials") is not { } name || _groups.GetValueOrDefault($"credentials-{name}") is not { } credentials)
            return null;
        string? user = credentials.GetValueOrDefault("authname") ?? credentials.GetValueOrDefault("username") ?? userName;
        return user is { Length: > 0 } && credentials.GetValueOrDefault("password") is { } password ? new LibvirtCredentials(user, password) : null;
    }

    // A group that is there twice is one.
    private Dictionary<string, string> Group(string name)
    {
        if (!_groups.TryGetValue(name, out Dictionary<string, string>? group))
            _groups[name] = group = new Dictionary<string, string>(StringComparer.Ordinal);
        return group;
    }

    // The notation of GLib's key files: a backslash before anything else than these stands for itself.
    private static string Unescape(ReadOnlySpan<char> value)
    {
        StringBuilder text = new(value.Length);
        while (value.IndexOf('\\') is >= 0 and int backslash && backslash + 1 < value.Length)
        {
            char escaped = value[backslash + 1];
            text.Append(value[..backslash]).Append(escaped switch
            {
                's' => " ",
                't' => "\t",
                'n' => "\n",
                'r' => "\r",
                '\\' => "\\",
                _ => $"\\{escaped}",
            });
            value = value[(backslash + 2)..];
        }

        return text.Append(value).ToString();
    }
}
