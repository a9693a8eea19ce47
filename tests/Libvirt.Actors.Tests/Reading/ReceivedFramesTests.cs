using Libvirt.Connections;
using Libvirt.Testing;

namespace Libvirt.Tests.Reading;

public sealed class ReceivedFramesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_thread_waits_for_the_last_holder_and_not_for_the_first()
    {
        ReceivedFrames frames = new();
        frames.Fill(new byte[1]);
        frames.Hold();
        frames.Hold();
        frames.Routed();
        bool released = false;
        Thread waiter = new(() => released = frames.WaitReleased(Limit));
        waiter.Start();
        await IsBlockedAsync(waiter);

        frames.Release();
        await IsBlockedAsync(waiter);
        Assert.True(frames.IsHeld);
        frames.Release();

        Assert.True(waiter.Join(Limit));
        Assert.True(released);
    }

    [Fact]
    public void A_thread_waits_no_longer_than_it_was_told_to()
    {
        ReceivedFrames frames = new();
        frames.Fill(new byte[1]);

        Assert.False(frames.WaitReleased(TimeSpan.FromMilliseconds(1)));
    }

    private static Task IsBlockedAsync(Thread thread) => Eventually.IsTrueAsync(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
}
