using System.Net.Sockets;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Testing;

namespace Libvirt.Bench.Scripting;

/// <summary>
/// The cheapest daemon there can be: on a unix socket of its own it answers each call with an answer that was encoded beforehand. Serving a connection
/// takes one thread, blocks in the kernel, and allocates nothing.
/// </summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly Dictionary<(uint Program, int Procedure), byte[]> _answers = [];
    private readonly List<Socket> _clients = [];
    private readonly Lock _gate = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private bool _isDisposed;

    public ScriptedPeer()
    {
        MessageHeader pong = new(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)KeepAliveProcedure.Pong, MessageType.Message, 0, MessageStatus.Ok);
        _answers[(KeepAliveProgram.Number, (int)KeepAliveProcedure.Ping)] = EncodedFrame.Of(pong, XdrVoid.Value);
        SocketPath = Scratch.NewPath("peer");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
    }

    /// <summary>Where clients connect.</summary>
    public string SocketPath { get; }

    /// <summary>Has calls of a procedure answered. For use before <see cref="Start"/>.</summary>
    /// <param name="procedure">The procedure.</param>
    /// <param name="result">What it returns.</param>
    /// <param name="behind">Whole frames that are sent behind each answer.</param>
    public ScriptedPeer Answer(Procedure procedure, IXdrWritable result, byte[]? behind = null)
    {
        MessageHeader header = new(procedure.Program, procedure.Version, procedure.Number, MessageType.Reply, 0, MessageStatus.Ok);
        _answers[(procedure.Program, procedure.Number)] = [.. EncodedFrame.Of(header, result), .. behind ?? []];
        return this;
    }

    /// <summary>Accepts clients from now on.</summary>
    public ScriptedPeer Start()
    {
        Run("scripted peer: accept", () =>
        {
            while (true)
            {
                Socket client = _listener.Accept();
                lock (_gate)
                {
                    if (_isDisposed)
                        client.Dispose();
                    else
                        _clients.Add(client);
                }
                Run("scripted peer: client", new ScriptedSession(client, _answers).Serve);
            }
        });
        return this;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _listener.Dispose();
            foreach (Socket client in _clients)
                client.Dispose();
        }
    }

    private static void Run(string name, Action serve)
    {
        Thread thread = new(() =>
        {
            try
            {
                serve();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The other side has closed, or we have been disposed.
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
    }
}
