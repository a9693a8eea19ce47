using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Authentication;

/// <summary>Which of the ways that a daemon offers is taken: the one that the URI asks for, else the first that we have.</summary>
internal static class AuthenticationChoice
{
    public static RemoteAuthType Choose(IReadOnlyList<RemoteAuthType> offered, string? asked, Endpoint endpoint)
    {
        if (asked is null)
        {
            if (offered.Count == 0)
                return RemoteAuthType.None;
            foreach (RemoteAuthType type in offered)
            {
                if (IsKnown(type))
                    return type;
            }

            throw Unsupported($"{endpoint} offers {Names(offered)} authentication only; there are none, polkit and sasl here.");
        }

        string way = asked.Split('.', 2)[0];
        if (!Enum.TryParse(way, ignoreCase: true, out RemoteAuthType wanted) || !IsKnown(wanted) || !char.IsAsciiLetter(way[0]))
        {
            throw new LibvirtConnectException(
                ConnectFailure.UnsupportedUri, $"auth is '{asked}'; it can be none, polkit, sasl, or sasl and a mechanism such as sasl.SCRAM-SHA-256.");
        }

        // A daemon that offers nothing requires nothing. That must not replace what the URI requires.
        if (offered.Count == 0 && wanted == RemoteAuthType.None)
            return wanted;
        return offered.Contains(wanted) ? wanted : throw Unsupported($"The URI asks for auth={asked}, and {endpoint} offers {Names(offered)} authentication. A daemon offers None to a client that it trusts already, such as root on the same host; leave out auth there.");
    }

    private static bool IsKnown(RemoteAuthType type) => type is RemoteAuthType.None or RemoteAuthType.Polkit or RemoteAuthType.Sasl;

    private static string Names(IReadOnlyList<RemoteAuthType> types) => types.Count == 0 ? "no" : string.Join(", ", types);

    private static LibvirtConnectException Unsupported(string text) => new(ConnectFailure.AuthenticationUnsupported, text);
}
