namespace Libvirt.Authentication;

/// <summary>
/// libvirt's auth.conf: groups <c>[credentials-NAME]</c> hold names and passwords, groups <c>[auth-libvirt-HOST]</c> say which of them a host gets, and
/// <c>[auth-libvirt-default]</c> which all other hosts get.
/// </summary>
internal sealed class AuthFile
{
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
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty || line[0] is '#' or ';')
                continue;
            int equals = line.IndexOf('=');
            if (line[0] == '[' && line[^1] == ']')
                file._groups[line[1..^1].ToString()] = group = new Dictionary<string, string>(StringComparer.Ordinal);
            else if (group is not null && equals > 0)
                group[line[..equals].TrimEnd().ToString()] = line[(equals + 1)..].TrimStart().ToString();
            else
                throw new FormatException($"line {number} is neither a group nor name=value");
        }

        return file;
    }

    /// <summary>The credentials for a host; a user's name that the file leaves out is <paramref name="userName"/>. Null when it has none.</summary>
    public LibvirtCredentials? Find(string host, string? userName)
    {
        Dictionary<string, string>? host0 = _groups.GetValueOrDefault($"auth-libvirt-{host}") ?? _groups.GetValueOrDefault("auth-libvirt-default");
        if (host0?.GetValueOrDefault("credentials") is not { } name || _groups.GetValueOrDefault($"credentials-{name}") is not { } credentials)
            return null;
        string? user = credentials.GetValueOrDefault("authname") ?? credentials.GetValueOrDefault("username") ?? userName;
        return user is { Length: > 0 } && credentials.GetValueOrDefault("password") is { } password ? new LibvirtCredentials(user, password) : null;
    }
}
