namespace Libvirt;

/// <summary>How many clients a daemon's server has and may have. A figure that an old daemon does not tell is 0.</summary>
/// <param name="MaxClients">The most clients at one time; further ones wait for a place.</param>
/// <param name="Clients">The clients that there are now.</param>
/// <param name="MaxUnauthenticatedClients">The most clients that have not yet said who they are.</param>
/// <param name="UnauthenticatedClients">Those that there are now.</param>
public readonly record struct ClientLimits(uint MaxClients, uint Clients, uint MaxUnauthenticatedClients, uint UnauthenticatedClients)
{
    internal const string MaxClientsField = "nclients_max";
    internal const string MaxUnauthenticatedClientsField = "nclients_unauth_max";

    internal static ClientLimits From(TypedParameters parameters) => new(
        parameters.UInt32OrZero(MaxClientsField),
        parameters.UInt32OrZero("nclients"),
        parameters.UInt32OrZero(MaxUnauthenticatedClientsField),
        parameters.UInt32OrZero("nclients_unauth"));
}
