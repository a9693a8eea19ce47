namespace Libvirt;

/// <summary>Reads the part behind a URI's question mark.</summary>
internal static class UriQuery
{
    // libvirt's own is the only one whose value may be empty: as with remote:/// the daemon then chooses.
    private const string MayBeEmpty = "name";

    /// <summary>Reads the parameters; says what is wrong with them, or null.</summary>
    public static string? TryParse(string query, UriTransport transport, out UriParameters parameters)
    {
        parameters = UriParameters.None;
        foreach (string pair in Pairs(query.TrimStart('?')))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            string value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            if (!UriParameter.All.TryGetValue(key, out UriParameter? parameter))
                return $"the parameter {key} is not known. Known are {Known()}. A driver's own parameters can be given inside name=.";
            if (value.Length == 0 && parameter.Name != MayBeEmpty)
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

    /// <summary>
    /// What stands between two ampersands, or behind the last of them between two semicolons, as libvirt has it; a value without a name is passed over.
    /// </summary>
    private static IEnumerable<string> Pairs(string query)
    {
        for (int start = 0, end; start < query.Length; start = end + 1)
        {
            end = query.IndexOf('&', start);
            if (end < 0)
                end = query.IndexOf(';', start);
            if (end < 0)
                end = query.Length;
            if (end > start && query[start] != '=')
                yield return query[start..end];
        }
    }

    private static string Known() => string.Join(", ", UriParameter.All.Values.Select(
        parameter => parameter.Transports.Length == 0 ? parameter.Name : $"{parameter.Name} ({Listed(parameter.Transports)})"));

    private static string Listed(UriTransport[] transports) => string.Join(" and ", transports.Select(Text));

    private static string Text(UriTransport transport) => transport == UriTransport.Unix ? "unix sockets" : transport.ToString().ToLowerInvariant();
}
