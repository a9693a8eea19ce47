namespace Libvirt;

/// <summary>Finds the URI behind an alias or behind no text at all.</summary>
/// <param name="directories">Where libvirt.conf lies.</param>
/// <param name="read">Reads a file; null where there is none.</param>
internal sealed class UriResolver(UserDirectories directories, Func<string, string?> read)
{
    private const string LocalDaemonsChoice = "remote:///";

    public static UriResolver System { get; } = new(UserDirectories.System, path => File.Exists(path) ? File.ReadAllText(path) : null);

    public LibvirtUri Resolve(string? text)
    {
        if (string.IsNullOrEmpty(text))
            text = directories.Variable("LIBVIRT_DEFAULT_URI") is { Length: > 0 } variable ? variable : Configuration()?["uri_default"] is [string value, ..] ? value : null;
        if (string.IsNullOrEmpty(text))
            return LibvirtUri.Parse(LocalDaemonsChoice);
        return LibvirtUri.Parse(IsAlias(text) ? FindAlias(text) ?? throw NoAlias(text) : text);
    }

    /// <summary>Only a text that cannot be a URI can be an alias, so that libvirt.conf is not read in vain.</summary>
    private static bool IsAlias(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private string? FindAlias(string alias)
    {
        foreach (string entry in Configuration()?["uri_aliases"] ?? [])
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && entry[..equals] == alias)
                return entry[(equals + 1)..];
        }

        return null;
    }

    private LibvirtConnectException NoAlias(string text) => new(
        ConnectFailure.UnsupportedUri,
        $"'{text}' is not a URI, such as qemu:///system, test:///default or qemu+tcp://host/system, and no alias that uri_aliases of {ConfigurationPath} has.");

    private string ConfigurationPath => Path.Combine(directories.ClientConfiguration, "libvirt.conf");

    private ConfigurationFile? Configuration()
    {
        string path = ConfigurationPath;
        try
        {
            return read(path) is { } text ? ConfigurationFile.Parse(text) : null;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new LibvirtConnectException(ConnectFailure.UnsupportedUri, $"{path} cannot be read: {error.Message}.", error);
        }
    }
}
