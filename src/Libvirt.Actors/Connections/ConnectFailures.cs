using Libvirt.Transports;

namespace Libvirt.Connections;

/// <summary>Explains failures that happen before a connection is ready.</summary>
internal static class ConnectFailures
{
    public static LibvirtConnectException Explain(Exception reason, ConnectionSettings settings)
    {
        Endpoint endpoint = settings.Endpoint;
        return reason switch
        {
            LibvirtConnectException connect => connect,
            LibvirtTimeoutException => new LibvirtConnectException(
                ConnectFailure.TimedOut, $"The daemon on {endpoint} did not finish the handshake within {settings.Options.ConnectTimeout.TotalSeconds:0.###} s. It may hang, or have as many clients as max_clients allows.", reason),
            LibvirtProtocolException => new LibvirtConnectException(
                ConnectFailure.Protocol, $"{endpoint} does not speak libvirt's protocol: {reason.Message}", reason),
            EndOfStreamException => new LibvirtConnectException(
                ConnectFailure.Lost,
                $"The daemon on {endpoint} closed the connection during the handshake.",
                reason),
            _ => new LibvirtConnectException(ConnectFailure.Lost, $"The connection to {endpoint} broke off during the handshake: {reason.Message}", reason),
        };
    }
}
