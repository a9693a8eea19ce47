using Actors.TestKit;
using Libvirt.Connection;
using Libvirt.Testing;
using Libvirt.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Libvirt.Tests.Reading;

public sealed class BusyPollTests
{
    private static readonly HypervisorOptions Polling = new() { BusyPoll = TimeSpan.FromMilliseconds(1) };
    private static readonly HypervisorOptions PollingForLong = new() { BusyPoll = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task A_thread_that_polls_has_all_callers_answered()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(Polling);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => scenario.CallAsync(500))));

        Assert.InRange(scenario.Runtime.ReaderThreads, 1, 16);
    }

    [Fact]
    public async Task It_asks_again_and_again_and_then_sleeps()
    {
        await using ActorTestKit kit = new();
        using ReaderThreads threads = new();
        CountingTransport transport = new();
        TestProbe<IConnectionMessage> connection = kit.CreateProbe<IConnectionMessage>();
        ReaderSettings settings = new(threads, Inline: true, TimeSpan.FromMilliseconds(1), kit.Time, NullLogger.Instance);
        FrameReceiver receiver = new(transport, connection.Ref, new WireLoad(), settings);

        receiver.AllowThread();
        await receiver.RunAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.InRange(transport.Asked, 1, int.MaxValue);
        Assert.Equal(1, transport.Waits);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_the_polling()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(PollingForLong);
        await scenario.OnReaderThreadAsync(static () => { });
        scenario.Daemon.Hold();
        Task<int> call = Task.Run(() => scenario.CallAsync(1));
        await Eventually.IsTrueAsync(() => scenario.Daemon.Held == 1);

        scenario.Daemon.Drop();

        await Assert.ThrowsAsync<LibvirtConnectionLostException>(() => call);
        await scenario.ThreadsAreFreeAsync();
    }

    [Fact]
    public async Task Closing_the_hypervisor_ends_the_polling()
    {
        await using BusyScenario scenario = await BusyScenario.StartAsync(PollingForLong);
        await scenario.OnReaderThreadAsync(static () => { });

        await scenario.Hypervisor.DisposeAsync();

        await scenario.ThreadsAreFreeAsync();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void Times_that_make_no_sense_are_refused(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>("BusyPoll", () => new HypervisorOptions { BusyPoll = TimeSpan.FromMilliseconds(milliseconds) });

    /// <summary>Brings enough bytes of a frame to be busy, then nothing; ends when a thread waits for more.</summary>
    private sealed class CountingTransport : IBlockingTransport
    {
        private int _received;

        public int Asked { get; private set; }

        public int Waits { get; private set; }

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
        {
            // A frame of 64 KiB, byte by byte: none of it is whole, so nothing is to be told.
            buffer.Span[0] = (byte)(_received++ == 1 ? 1 : 0);
            return new ValueTask<int>(1);
        }

        public int TryReceive(Span<byte> buffer)
        {
            Asked++;
            return -1;
        }

        public int Receive(Span<byte> buffer)
        {
            Waits++;
            return 0;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => default;

        public int TrySend(ReadOnlySpan<byte> bytes) => bytes.Length;

        public int Send(ReadOnlySpan<byte> bytes) => bytes.Length;

        public void Rest(TimeSpan time) => throw new InvalidOperationException("A thread that polls does not rest.");

        public void Dispose()
        {
        }
    }
}
