using System.Net.Sockets;
using System.Text;
using Libvirt.FileDescriptors;
using Libvirt.Transports;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Tests.Transports;

public sealed class DescriptorTransportTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fd").FullName;

    [Fact]
    public async Task Descriptors_come_in_order_and_leave_only_the_frames_bytes_behind()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        using SafeFileHandle first = Open("first"), second = Open("second");

        there.Attach(3, [first, second]);
        await there.SendAsync("abc\0\0def"u8.ToArray());

        Assert.Equal("abcdef", await ReadAsync(here, 6));
        SafeFileHandle[] come = await here.TakeAsync(2).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(["first", "second"], come.Select(Content));
        Close(here, there, come);
    }

    [Fact]
    public async Task Who_waits_for_descriptors_gets_them_when_they_come()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        using SafeFileHandle file = Open("late");
        Task<SafeFileHandle[]> taking = here.TakeAsync(1);
        Task<int> receiving = here.ReceiveAsync(new byte[16]).AsTask();

        there.Attach(0, [file]);
        await there.SendAsync("\0x"u8.ToArray());

        Assert.Equal(1, await receiving.WaitAsync(TimeSpan.FromSeconds(60)));
        SafeFileHandle[] come = await taking.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("late", Content(come[0]));
        Close(here, there, come);
    }

    [Fact]
    public async Task The_end_of_the_connection_closes_what_nobody_took_and_fails_who_waits()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        using SafeFileHandle file = Open("unclaimed");
        string path = Path.Combine(_directory, "unclaimed");
        there.Attach(0, [file]);
        await there.SendAsync("\0x"u8.ToArray());
        Assert.Equal("x", await ReadAsync(here, 1));
        Assert.Equal(2, OpenCount(path));

        Task<SafeFileHandle[]> waiting = here.TakeAsync(2);
        here.Dispose();

        await Assert.ThrowsAsync<IOException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(1, OpenCount(path));
        there.Dispose();
    }

    [Fact]
    public async Task More_descriptors_than_any_message_has_are_a_broken_protocol_and_are_closed()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        using SafeFileHandle file = Open("many");
        there.Attach(0, Enumerable.Repeat<System.Runtime.InteropServices.SafeHandle>(file, 40).ToArray());
        await there.SendAsync(new byte[41]);

        await Assert.ThrowsAsync<Libvirt.Protocol.ProtocolException>(() => ReadAsync(here, 1));

        here.Dispose();
        there.Dispose();
        Assert.Equal(1, OpenCount(Path.Combine(_directory, "many")));
    }

    [Fact]
    public async Task A_closed_descriptor_is_the_callers_mistake_and_nothing_is_sent()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        SafeFileHandle open = Open("open"), closed = Open("closed");
        closed.Dispose();

        Assert.Throws<ArgumentException>(() => there.Attach(0, [open, closed]));
        open.Dispose();

        Assert.Equal(0, OpenCount(Path.Combine(_directory, "open")));
        Close(here, there, []);
    }

    [Fact]
    public async Task What_is_no_descriptor_is_the_callers_mistake_and_nothing_is_sent()
    {
        (DescriptorTransport here, DescriptorTransport there) = await PairAsync();
        SafeFileHandle open = Open("open");
        using SafeFileHandle invalid = new(-1, ownsHandle: false);

        Assert.Throws<ArgumentException>(() => there.Attach(0, [open, invalid]));
        Assert.Throws<ArgumentException>(() => there.Attach(0, [open, null!]));
        open.Dispose();

        Assert.Equal(0, OpenCount(Path.Combine(_directory, "open")));
        Close(here, there, []);
    }

    [Fact]
    public async Task Descriptors_that_come_for_an_abandoned_call_are_closed()
    {
        SafeFileHandle late = Open("abandoned");
        TaskCompletionSource<SafeFileHandle[]> incoming = new();
        DescriptorExchange exchange = new([]);
        exchange.Abandon();
        exchange.Deliver(incoming.Task);

        incoming.SetResult([late]);

        Assert.True(late.IsClosed);
        await incoming.Task;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<(DescriptorTransport Here, DescriptorTransport There)> PairAsync()
    {
        UnixDomainSocketEndPoint address = new(Path.Combine(_directory, "sock"));
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(address);
        listener.Listen();
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(address);
        return (new DescriptorTransport(client), new DescriptorTransport(await listener.AcceptAsync()));
    }

    private SafeFileHandle Open(string name)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, name);
        return File.OpenHandle(path);
    }

    private static string Content(SafeFileHandle file)
    {
        byte[] bytes = new byte[64];
        return Encoding.ASCII.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    private static int OpenCount(string path) => Directory.GetFiles("/proc/self/fd").Count(
        link => new FileInfo(link).LinkTarget == path);

    private static async Task<string> ReadAsync(DescriptorTransport transport, int count)
    {
        string text = "";
        byte[] buffer = new byte[64];
        while (text.Length < count)
        {
            int received = await transport.ReceiveAsync(buffer.AsMemory(0, count - text.Length)).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.NotEqual(0, received);
            text += Encoding.ASCII.GetString(buffer, 0, received);
        }

        return text;
    }

    private static void Close(DescriptorTransport here, DescriptorTransport there, SafeFileHandle[] come)
    {
        here.Dispose();
        there.Dispose();
        foreach (SafeFileHandle file in come)
            file.Dispose();
    }
}
