using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Scripting;

/// <summary>Plays a daemon's half of a handshake with one way of authentication, up to a number of bytes.</summary>
/// <param name="way">none, polkit, or the one SASL mechanism that it has.</param>
/// <param name="cut">How many bytes it sends.</param>
internal sealed class HandshakePeer(string way, int cut)
{
    public const string User = "fred";
    public const string Password = "hunter2";

    private readonly ScramServer _scram = new(Password);
    private int _left = cut;

    public ScriptedDaemon Daemon { get; } = new();

    /// <summary>Answers until it has sent its bytes or the client has no more to ask.</summary>
    /// <returns>Whether the whole handshake went by.</returns>
    public async Task<bool> PlayAsync()
    {
        while (_left > 0 && await Daemon.NextFrameAsync() is { } call)
        {
            byte[] answer = Frames.Encode(call.Header with { Type = MessageType.Reply }, Answer(call));
            int count = Math.Min(_left, answer.Length);
            await Daemon.SendBytesAsync(answer.AsMemory(0, count));
            _left -= count;
            if (count == answer.Length && call.Header.Procedure == RemoteProcedures.ConnectOpen.Number)
                return true;
        }

        return false;
    }

    /// <summary>Answers until a procedure is called, and leaves that call to the test.</summary>
    public async Task<SentFrame> PlayUntilAsync(string procedure)
    {
        int number = RemoteProcedures.All.Single(known => known.Name == procedure).Number;
        while (await Daemon.NextFrameAsync() is { } call)
        {
            if (call.Header.Procedure == number)
                return call;
            await Daemon.ReplyAsync(call, Answer(call));
        }

        throw new InvalidOperationException($"The client closed before it called {procedure}.");
    }

    private IXdrWritable Answer(SentFrame call)
    {
        int procedure = call.Header.Procedure;
        if (procedure == RemoteProcedures.AuthList.Number)
            return new AuthListRet { Types = Types() };
        if (procedure == RemoteProcedures.AuthPolkit.Number)
            return new AuthPolkitRet { Complete = 1 };
        if (procedure == RemoteProcedures.AuthSaslInit.Number)
            return new AuthSaslInitRet { MechanismList = way };
        if (procedure == RemoteProcedures.AuthSaslStart.Number)
        {
            return way == "PLAIN"
                ? new AuthSaslStartRet { Complete = 1, Nil = 1, Data = [] }
                : new AuthSaslStartRet { Complete = 0, Nil = 0, Data = _scram.First(call.Read<AuthSaslStartArgs>().Data) };
        }

        if (procedure == RemoteProcedures.AuthSaslStep.Number)
            return new AuthSaslStepRet { Complete = 1, Nil = 0, Data = _scram.Final(call.Read<AuthSaslStepArgs>().Data) };
        return procedure == RemoteProcedures.ConnectSupportsFeature.Number ? new ConnectSupportsFeatureRet { Supported = 1 } : XdrVoid.Value;
    }

    private RemoteAuthType[] Types() => way switch
    {
        "none" => [],
        "polkit" => [RemoteAuthType.Polkit],
        _ => [RemoteAuthType.Sasl],
    };
}
