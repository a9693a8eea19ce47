using Xunit;

namespace Libvirt.Simulator.Tests;

public sealed class RequestWindowTests
{
    [Fact]
    public void A_full_window_waits_until_a_call_ends()
    {
        RequestWindow window = new(limit: 2);
        window.Enter();
        Assert.True(window.WaitForRoomAsync(CancellationToken.None).IsCompletedSuccessfully);
        window.Enter();

        ValueTask waiting = window.WaitForRoomAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        window.Leave();

        Assert.True(window.WaitForRoomAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_waiting_reader_goes_with_its_connection()
    {
        RequestWindow window = new(limit: 1);
        using CancellationTokenSource ended = new();
        window.Enter();
        ValueTask waiting = window.WaitForRoomAsync(ended.Token);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }
}
