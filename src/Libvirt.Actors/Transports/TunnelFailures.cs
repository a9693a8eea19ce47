namespace Libvirt.Transports;

/// <summary>Says what the end of a tunnel means, from what its program said last.</summary>
internal static class TunnelFailures
{
    public static LibvirtConnectException Explain(ProcessEndpoint endpoint, int? exitCode, string said, Exception? cause)
    {
        string words = said.Length > 0 ? $": {string.Join("; ", Lines(said))}" : exitCode is null ? "." : ", and gave no reason.";
        string end = exitCode is { } code ? $"ended with the exit code {code}" : "closed its output";
        return new LibvirtConnectException(Reason(endpoint, said), $"The program '{endpoint.Program}', which leads to {endpoint.Host}, {end}{words}", cause);
    }

    private static ConnectFailure Reason(ProcessEndpoint endpoint, string said)
    {
        if (!endpoint.IsSshTunnel)
            return ConnectFailure.TunnelFailed;
        // The words of OpenSSH's client. These two no repetition mends.
        if (said.Contains("Permission denied (", StringComparison.Ordinal) || said.Contains("Too many authentication failures", StringComparison.Ordinal))
            return ConnectFailure.AuthenticationFailed;
        return said.Contains("Host key verification failed", StringComparison.Ordinal) ? ConnectFailure.SshHostKey : ConnectFailure.TunnelFailed;
    }

    private static IEnumerable<string> Lines(string said) =>
        said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(6);
}
