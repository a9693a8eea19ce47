using System.Net.Sockets;
using Libvirt.Protocol;
using Libvirt.Protocol.KeepAlive;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Reading;

/// <summary>
/// A daemon on a real unix socket that answers by itself, on a thread per client: the handshake, the short call, pings, downloads and uploads of one
/// volume, subscriptions.
/// </summary>
internal sealed class SocketDaemon : IDisposable
{
    /// <summary>How many packets a download has, of how many bytes each.</summary>
    public const int Packets = 512;

    /// <inheritdoc cref="Packets"/>
    public const int PacketSize = 8 * 1024;

    private const int CallbackId = 7;

    private readonly string _directory = Directory.CreateTempSubdirectory("reader").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _gate = new();
    private readonly List<Socket> _clients = [];
    private readonly List<byte[]> _held = [];
    private readonly ManualResetEventSlim _mayRead = new(true);
    private readonly MemoryStream _uploaded = new();
    private bool _isHolding;
    private int _pongs;

    public SocketDaemon()
    {
        string path = Path.Combine(_directory, "s");
        Uri = $"test+unix:///default?socket={path}";
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        Run(Accept);
    }

    public string Uri { get; }

    /// <summary>How many pings have been answered.</summary>
    public int Pongs => Volatile.Read(ref _pongs);

    /// <summary>What has been uploaded.</summary>
    public byte[] Uploaded
    {
        get
        {
            lock (_gate)
                return _uploaded.ToArray();
        }
    }

    /// <summary>How many answers wait to be sent.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held.Count;
        }
    }

    public void Ping() => Send(Frames.Encode(
        new(KeepAliveProgram.Number, KeepAliveProgram.Version, (int)KeepAliveProcedure.Ping, MessageType.Message, 0, MessageStatus.Ok), XdrVoid.Value));

    /// <summary>Something has happened to its domain.</summary>
    public void Happen() => Send(Frames.Encode(
        new(RemoteEvents.DomainEventCallbackLifecycle.Program, RemoteEvents.DomainEventCallbackLifecycle.Version, RemoteEvents.DomainEventCallbackLifecycle.Number, MessageType.Message, 1, MessageStatus.Ok),
        new DomainEventCallbackLifecycleMsg { CallbackId = CallbackId, Msg = new DomainEventLifecycleMsg { Dom = new("guest", Guid.Empty, 1), Event = (int)DomainEventType.Started, Detail = 0 } }));

    /// <summary>Keeps its answers from now on.</summary>
    public void Hold()
    {
        lock (_gate)
            _isHolding = true;
    }

    /// <summary>Sends all of them at once.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isHolding = false;
            Send([.. _held.SelectMany(static answer => answer)]);
            _held.Clear();
        }
    }

    /// <summary>Leaves everything in its sockets from now on.</summary>
    public void StopReading() => _mayRead.Reset();

    /// <summary>Reads again.</summary>
    public void GoOnReading() => _mayRead.Set();

    /// <summary>Closes every connection, as a daemon that dies.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            foreach (Socket client in _clients)
                client.Shutdown(SocketShutdown.Both);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _mayRead.Set();
        lock (_gate)
        {
            foreach (Socket client in _clients)
                client.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static void Run(Action work)
    {
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The end of the test, or of the connection.
            }
        });
        thread.IsBackground = true;
        thread.Start();
    }

    private void Accept()
    {
        while (true)
        {
            Socket client = _listener.Accept();
            lock (_gate)
                _clients.Add(client);
            Run(() => Serve(client));
        }
    }

    private void Serve(Socket client)
    {
        byte[] buffer = new byte[512 * 1024];
        int end = 0;
        while (true)
        {
            _mayRead.Wait();
            int count = client.Receive(buffer.AsSpan(end));
            if (count == 0)
                return;
            end += count;
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, end);
            while (FrameScanner.TryReadFrame(ref rest, out MessageHeader header, out ReadOnlySpan<byte> payload))
            {
                if (header is { Type: MessageType.Stream, Status: MessageStatus.Continue })
                    Keep(payload);
                else
                    Answer(client, header);
            }

            rest.CopyTo(buffer);
            end = rest.Length;
        }
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        lock (_gate)
            _uploaded.Write(data);
    }

    private void Answer(Socket client, MessageHeader header)
    {
        if (header.Program == KeepAliveProgram.Number)
        {
            if (header.Procedure == (int)KeepAliveProcedure.Pong)
                Interlocked.Increment(ref _pongs);
            return;
        }

        if (header.Type == MessageType.Stream)
        {
            // A finish or an abort; after either there is no more to come.
            Send(client, Frames.Encode(header with { Status = MessageStatus.Ok }, XdrVoid.Value));
            return;
        }

        IXdrWritable result = header.Procedure switch
        {
            _ when header.Procedure == RemoteProcedures.AuthList.Number => new AuthListRet { Types = [] },
            _ when header.Procedure == RemoteProcedures.ConnectSupportsFeature.Number => new ConnectSupportsFeatureRet { Supported = 1 },
            _ when header.Procedure == RemoteProcedures.ConnectGetLibVersion.Number => new ConnectGetLibVersionRet { LibVer = header.Serial },
            _ when header.Procedure == RemoteProcedures.ConnectDomainEventCallbackRegisterAny.Number =>
                new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = CallbackId },
            _ => XdrVoid.Value,
        };
        byte[] answer = Frames.Encode(header with { Type = MessageType.Reply }, result);
        lock (_gate)
        {
            if (_isHolding)
                _held.Add(answer);
            else
                Send(client, answer);
        }

        if (header.Procedure == RemoteProcedures.StorageVolDownload.Number)
            SendVolume(client, header with { Type = MessageType.Stream, Status = MessageStatus.Continue });
    }

    private void SendVolume(Socket client, MessageHeader header)
    {
        byte[] data = new byte[PacketSize];
        for (int i = 0; i < Packets; i++)
            Send(client, Frames.Encode(header, data));
        Send(client, Frames.Encode(header, XdrVoid.Value));
    }

    /// <summary>To the client that came last.</summary>
    private void Send(byte[] bytes)
    {
        lock (_gate)
            Send(_clients[^1], bytes);
    }

    // No lock: a client that does not read holds up nobody but itself.
    private static void Send(Socket client, byte[] bytes) => client.Send(bytes);
}
