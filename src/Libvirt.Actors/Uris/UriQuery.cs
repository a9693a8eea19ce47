namespace Libvirt;

/// <summary>Reads the part behind a URI's question mark.</summary>
internal static class UriQuery
{
    /// <summary>Reads the parameters; says what is wrong with them, or null.</summary>
    public static string? TryParse(string query, UriTransport transport, out UriParameters parameters)
    {
        parameters = UriParameters.None;
        foreach (string pair in query.TrimStart('?').Split(['&', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            string value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            if (!UriParameter.All.TryGetValue(key, out UriParameter? parameter))
                return $"the parameter {key} is not known. Known are {Known()}. A driver's own parameters can be given inside name=.";
            if (value.Length == 0)
                return $"the parameter {key} has no value.";
            if (value.Contains('\0', StringComparison.Ordinal))
                return $"the parameter {key} has a character that no path or name can have.";
            if (parameter.Transports.Length > 0 && !parameter.Transports.Contains(transport))
                return $"the parameter {key} belongs to {Listed(parameter.Transports)}, and the transport is {Text(transport)}.";
            try
            {
                parameters = parameter.Apply(parameters, value);
            }
            catch (FormatException wrong)
            {
                return $"{key} {wrong.Message}.";
            }
        }

        return transport == UriTransport.Ext && parameters.Command is null
            ? "the transport ext needs the parameter command, the program that makes the connection."
            : null;
    }

    private static string Known() => string.Join(", ", UriParameter.All.Values.Select(
        parameter => parameter.Transports.Length == 0 ? parameter.Name : $"{parameter.Name} ({Listed(parameter.Transports)})"));

    private static string Listed(UriTransport[] transports) => string.Join(" and ", transports.Select(Text));

    private static string Text(UriTransport transport) => transport == UriTransport.Unix ? "unix sockets" : transport.ToString().ToLowerInvariant();
}
