using Xunit;

namespace Libvirt.Simulator.Tests;

public sealed class RequestWindowTests
{
    [Fact]
    public async Task A_full_window_waits_until_a_call_ends()
    {
        RequestWindow window = new(limit: 2);
        window.Enter();
        await window.WaitForRoomAsync(CancellationToken.None);
        window.Enter();

        Task waiting = window.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        window.Leave();

        await waiting;
    }

    [Fact]
    public async Task A_waiting_reader_goes_with_its_connection()
    {
        RequestWindow window = new(limit: 1);
        using CancellationTokenSource ended = new();
        window.Enter();
        Task waiting = window.WaitForRoomAsync(ended.Token).AsTask();

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }
}
