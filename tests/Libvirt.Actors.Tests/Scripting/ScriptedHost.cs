using System.Threading.Channels;
using Libvirt.Transports;

namespace Libvirt.Tests.Scripting;

/// <summary>A host whose daemon can be lost and come back: each attempt to connect meets a new <see cref="ScriptedDaemon"/>, or a refusal.</summary>
internal sealed class ScriptedHost : ITransportConnector
{
    private readonly Channel<ScriptedDaemon> _attempts = Channel.CreateUnbounded<ScriptedDaemon>();
    private LibvirtConnectException? _refusal;

    public int Attempts { get; private set; }

    /// <summary>Lets every attempt fail from now on; null lets them succeed again.</summary>
    public void Refuse(LibvirtConnectException? refusal) => _refusal = refusal;

    public ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        Attempts++;
        if (_refusal is not null)
            return ValueTask.FromException<IByteTransport>(_refusal);
        ScriptedDaemon daemon = new();
        _attempts.Writer.TryWrite(daemon);
        return new ValueTask<IByteTransport>(daemon.Client);
    }

    /// <summary>The daemon that the next attempt meets.</summary>
    public Task<ScriptedDaemon> NextAttemptAsync() => _attempts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}
