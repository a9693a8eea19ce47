using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Transports;

namespace Libvirt.Authentication;

/// <summary>
/// SASL as libvirt frames it: the daemon lists its mechanisms, the client starts one, and challenge and answer alternate until both ends are content.
/// The flag <c>nil</c> tells no data from empty data.
/// </summary>
internal sealed class SaslExchange(Endpoint endpoint, IHandshakeCalls calls)
{
    // The longest of the mechanisms, GSSAPI, takes five.
    private const int MaxSteps = 10;
    private const int MaxList = 4096;

    public async ValueTask<IReadOnlyList<string>> AskMechanismsAsync()
    {
        AuthSaslInitRet init = await calls.CallAsync(RemoteProcedures.AuthSaslInit, XdrVoid.Value).ConfigureAwait(false);
        return init.MechanismList.Length <= MaxList
            ? init.MechanismList.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : throw Broken($"its list of SASL mechanisms has {init.MechanismList.Length} characters");
    }

    public async ValueTask RunAsync(ISaslMechanism mechanism)
    {
        try
        {
            byte[]? first = mechanism.Start();
            AuthSaslStartRet started = await calls.CallAsync(
                RemoteProcedures.AuthSaslStart,
                new AuthSaslStartArgs { Mech = mechanism.Name, Nil = Nil(first), Data = first ?? [] }).ConfigureAwait(false);
            (bool complete, byte[] challenge) = (started.Complete != 0, started.Data);
            for (int step = 0; !(complete && mechanism.IsComplete); step++)
            {
                if (step == MaxSteps)
                    throw Broken($"it still asks after {MaxSteps} steps of {mechanism.Name}");
                byte[]? answer = mechanism.IsComplete && challenge.Length == 0 ? null : mechanism.Answer(challenge);
                if (complete)
                    break;
                AuthSaslStepRet next = await calls.CallAsync(
                    RemoteProcedures.AuthSaslStep, new AuthSaslStepArgs { Nil = Nil(answer), Data = answer ?? [] }).ConfigureAwait(false);
                (complete, challenge) = (next.Complete != 0, next.Data);
            }
        }
        catch (SaslException error)
        {
            throw Failed($"{endpoint} could not be authenticated with by {mechanism.Name}: {error.Message}", error);
        }

        if (!mechanism.IsComplete)
            throw Failed($"{endpoint} ended {mechanism.Name} early, without the proof that it knows the credentials itself. It may not be the daemon it claims to be.");
    }

    private static int Nil(byte[]? data) => data is null ? 1 : 0;

    private static LibvirtConnectException Failed(string text, Exception? cause = null) => new(ConnectFailure.AuthenticationFailed, text, cause);

    private LibvirtConnectException Broken(string what) => new(ConnectFailure.Protocol, $"{endpoint} does not keep to libvirt's protocol: {what}.");
}
