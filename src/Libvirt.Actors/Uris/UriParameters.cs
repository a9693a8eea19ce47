namespace Libvirt;

/// <summary>The parameters behind a URI's question mark.</summary>
internal readonly record struct UriParameters(string? Name, string? Socket, DaemonMode Mode)
{
    private const string Known = "name, socket (unix) and mode (unix)";

    /// <summary>Reads the parameters; what is wrong with them, or null.</summary>
    public static string? TryParse(string query, UriTransport transport, out UriParameters parameters)
    {
        string? name = null, socket = null;
        DaemonMode mode = DaemonMode.Auto;
        parameters = default;
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            string value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            if (value.Length == 0)
                return $"the parameter {key} has no value.";
            switch (key)
            {
                case "name":
                    name = value;
                    break;
                case "socket" when transport == UriTransport.Unix:
                    socket = value;
                    break;
                case "mode" when transport == UriTransport.Unix:
                    if (!Enum.TryParse(value, ignoreCase: true, out mode) || !Enum.IsDefined(mode) || char.IsAsciiDigit(value[0]))
                        return $"mode is '{value}'; it can be auto, direct or legacy.";
                    break;
                case "socket" or "mode":
                    return $"the parameter {key} belongs to unix sockets, and the transport is {transport.ToString().ToLowerInvariant()}.";
                default:
                    return $"the parameter {key} is not known. Known are {Known}.";
            }
        }

        parameters = new UriParameters(name, socket, mode);
        return null;
    }
}
