using System.Net.Sockets;
using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class LinuxSocketTransportTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("socket").FullName;

    [Fact]
    public async Task Bytes_arrive_whether_a_task_waits_for_them_or_a_thread()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();
        byte[] buffer = new byte[16];

        Task<int> receiving = here.ReceiveAsync(buffer).AsTask();
        there.Send("abc"u8);
        Assert.Equal(3, await receiving.WaitAsync(Limit));

        there.Send("de"u8);
        Assert.Equal(2, await WaitByThreadAsync(here, buffer));

        receiving = here.ReceiveAsync(buffer).AsTask();
        there.Send("f"u8);
        Assert.Equal(1, await receiving.WaitAsync(Limit));
        Close(here, there);
    }

    [Fact]
    public async Task A_thread_looks_up_when_nothing_comes()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();

        Assert.Equal(-1, await Task.Run(() => here.Receive(new byte[16])).WaitAsync(Limit));
        Close(here, there);
    }

    [Fact]
    public async Task The_other_end_is_seen_by_both()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();
        Task<int> receiving = here.ReceiveAsync(new byte[16]).AsTask();

        there.Dispose();

        Assert.Equal(0, await receiving.WaitAsync(Limit));
        Assert.Equal(0, await WaitByThreadAsync(here, new byte[16]));
        here.Dispose();
    }

    [Fact]
    public async Task What_the_kernel_does_not_take_at_once_goes_when_there_is_room()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();
        byte[] sent = new byte[4 * 1024 * 1024];
        Random.Shared.NextBytes(sent);

        Task sending = here.SendAsync(sent).AsTask();
        Assert.False(sending.IsCompleted);
        Task<int> meanwhile = here.ReceiveAsync(new byte[16]).AsTask();
        there.Send("x"u8);
        Assert.Equal(1, await meanwhile.WaitAsync(Limit));

        byte[] received = new byte[sent.Length];
        await Task.Run(() =>
        {
            for (int count = 0; count < received.Length;)
                count += there.Receive(received.AsSpan(count));
        }).WaitAsync(Limit);
        await sending.WaitAsync(Limit);
        Assert.Equal(sent, received);
        Close(here, there);
    }

    [Fact]
    public async Task Disposing_wakes_a_thread_that_receives()
    {
        for (int i = 0; i < 20; i++)
        {
            (LinuxSocketTransport here, Socket there) = await PairAsync();
            Task receiving = Task.Run(() =>
            {
                while (here.Receive(new byte[16]) != 0)
                {
                }
            });
            await Task.Yield();

            here.Dispose();

            Exception? error = await Record.ExceptionAsync(() => receiving.WaitAsync(Limit));
            Assert.True(error is null or ObjectDisposedException, error?.ToString());
            there.Dispose();
        }
    }

    [Fact]
    public async Task Disposing_ends_whatever_is_pending()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();
        Task receiving = here.ReceiveAsync(new byte[16]).AsTask();
        Task sending = here.SendAsync(new byte[4 * 1024 * 1024]).AsTask();

        here.Dispose();
        here.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => receiving.WaitAsync(Limit));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sending.WaitAsync(Limit));
        await Assert.ThrowsAnyAsync<Exception>(() => here.SendAsync(new byte[1]).AsTask());
        there.Dispose();
    }

    [Fact]
    public async Task Disposing_wakes_a_thread_that_waits()
    {
        for (int i = 0; i < 20; i++)
        {
            (LinuxSocketTransport here, Socket there) = await PairAsync();
            TaskCompletionSource begun = new();
            Task<int> waiting = Task.Factory.StartNew(
                () =>
                {
                    begun.SetResult();
                    int count;
                    while ((count = here.Receive(new byte[16])) < 0)
                    {
                    }

                    return count;
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
            await begun.Task.WaitAsync(Limit);

            here.Dispose();

            // It woke with the end, or had not yet begun to wait again.
            Exception? error = await Record.ExceptionAsync(async () => Assert.Equal(0, await waiting.WaitAsync(Limit)));
            Assert.True(error is null or ObjectDisposedException, error?.ToString());
            Assert.Equal(0, await Task.Run(() => there.Receive(new byte[1])).WaitAsync(Limit));
            there.Dispose();
        }
    }

    [Fact]
    public async Task Sending_to_nobody_fails_without_ending_the_process()
    {
        (LinuxSocketTransport here, Socket there) = await PairAsync();
        there.Dispose();

        await Assert.ThrowsAsync<IOException>(() => here.SendAsync(new byte[1]).AsTask());
        here.Dispose();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<int> WaitByThreadAsync(LinuxSocketTransport transport, byte[] buffer) => await Task.Run(() =>
    {
        int count;
        while ((count = transport.Receive(buffer)) < 0)
        {
        }

        return count;
    }).WaitAsync(Limit);

    private static void Close(LinuxSocketTransport here, Socket there)
    {
        here.Dispose();
        there.Dispose();
    }

    private async Task<(LinuxSocketTransport Here, Socket There)> PairAsync()
    {
        string path = Path.Combine(_directory, Path.GetRandomFileName());
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return (new LinuxSocketTransport(client), await listener.AcceptAsync());
    }
}
