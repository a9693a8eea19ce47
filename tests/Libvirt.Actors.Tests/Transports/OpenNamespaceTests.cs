using Libvirt.TestKit;
using System.Buffers;
using System.Net.Sockets;
using Libvirt.Protocol;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;
using Libvirt.Transports;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Tests.Transports;

/// <summary>A container's namespaces from a scripted daemon on a unix socket: containers of a real one take a host of their own.</summary>
public sealed class OpenNamespaceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("ns").FullName;
    private readonly List<byte> _received = [];
    private DescriptorTransport _daemon = null!;
    private long _sent;

    [Fact]
    public async Task The_namespaces_of_a_container_come_as_handles_that_the_caller_owns()
    {
        await using VirtualActorSystem kit = new();
        using Socket listener = Listen();
        await using LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
        runtime.Connector = new Connector(Path.Combine(_directory, "sock"));
        ValueTask<Hypervisor> connecting = runtime.ConnectAsync(
            "lxc:///system", new HypervisorOptions { Reconnect = false, MaxConnections = 1, FileDescriptors = true });
        _daemon = new DescriptorTransport(await listener.AcceptAsync());
        await AnswerAsync(RemoteProcedures.AuthList, new AuthListRet { Types = [] });
        await AnswerAsync(RemoteProcedures.ConnectSupportsFeature, new ConnectSupportsFeatureRet { Supported = 0 });
        await AnswerAsync(RemoteProcedures.ConnectOpen, XdrVoid.Value);
        Hypervisor hypervisor = await connecting;
        ValueTask<Domain> finding = hypervisor.LookupDomainByNameAsync("container");
        await AnswerAsync(
            RemoteProcedures.DomainLookupByName, new DomainLookupByNameRet { Dom = new RemoteDomain { Name = "container", Uuid = Guid.NewGuid(), Id = 7 } });
        Domain domain = await finding;

        ValueTask<IReadOnlyList<SafeFileHandle>> opening = domain.OpenNamespaceAsync();
        using SafeFileHandle network = Open("net"), processes = Open("pid");
        await AnswerWithAsync(LxcProcedures.DomainOpenNamespace, network, processes);
        IReadOnlyList<SafeFileHandle> namespaces = await opening.AsTask().WaitAsync(Patience);

        Assert.Equal(["net", "pid"], namespaces.Select(Content));
        foreach (SafeFileHandle handle in namespaces)
            handle.Dispose();

        // A reply that should bring some and brings none is the daemon's mistake, and what comes next is read all the same.
        ValueTask<IReadOnlyList<SafeFileHandle>> empty = domain.OpenNamespaceAsync();
        await AnswerWithAsync(LxcProcedures.DomainOpenNamespace);
        await Assert.ThrowsAsync<LibvirtProtocolException>(() => empty.AsTask().WaitAsync(Patience));
        ValueTask<string> asking = hypervisor.GetHostnameAsync();
        await AnswerAsync(RemoteProcedures.ConnectGetHostname, new ConnectGetHostnameRet { Hostname = "hv1" });
        Assert.Equal("hv1", await asking);
        _daemon.Dispose();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Socket Listen()
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "sock")));
        listener.Listen();
        return listener;
    }

    private async Task AnswerAsync(Procedure procedure, IXdrWritable result) =>
        await SendAsync(Frames.Encode(await ExpectAsync(procedure) with { Type = MessageType.Reply }, result), []);

    private async Task AnswerWithAsync(Procedure procedure, params SafeFileHandle[] files)
    {
        byte[] count = [0, 0, 0, (byte)files.Length];
        await SendAsync(Frames.Encode(await ExpectAsync(procedure) with { Type = MessageType.ReplyWithFds }, count), files);
    }

    private async Task SendAsync(byte[] frame, SafeFileHandle[] files)
    {
        _daemon.Attach(_sent + frame.Length, files);
        byte[] bytes = [.. frame, .. new byte[files.Length]];
        await _daemon.SendAsync(bytes);
        _sent += bytes.Length;
    }

    private async Task<MessageHeader> ExpectAsync(Procedure procedure)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            ReadOnlySequence<byte> sequence = new(_received.ToArray());
            if (FrameScanner.TryReadFrame(ref sequence, out MessageHeader header, out _))
            {
                _received.RemoveRange(0, _received.Count - (int)sequence.Length);
                Assert.Equal((procedure.Program, procedure.Number), (header.Program, header.Procedure));
                return header;
            }

            int count = await _daemon.ReceiveAsync(buffer).AsTask().WaitAsync(Patience);
            Assert.NotEqual(0, count);
            _received.AddRange(buffer.AsSpan(0, count));
        }
    }

    private SafeFileHandle Open(string name)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, name);
        return File.OpenHandle(path);
    }

    private static string Content(SafeFileHandle file)
    {
        byte[] bytes = new byte[16];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    private sealed class Connector(string path) : ITransportConnector
    {
        public async ValueTask<IByteTransport> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new DescriptorTransport(socket);
        }
    }
}
