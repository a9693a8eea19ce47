using Libvirt.Connections;
using Libvirt.TestKit;

namespace Libvirt.Tests.Connections;

public sealed class KeepAliveMonitorTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void A_daemon_that_answers_each_ping_is_checked_once_per_interval_and_declared_dead_no_earlier()
    {
        TimeSpan roundTrip = TimeSpan.FromMilliseconds(3);
        KeepAliveMonitor monitor = new(Interval, 3, _time);
        TimeSpan next = monitor.Start();

        for (int ping = 0; ping < 10; ping++)
        {
            _time.Advance(next);
            Assert.Equal(KeepAliveVerdict.Ping, monitor.Check(isReadingPaused: false, out next));
            _time.Advance(roundTrip);
            monitor.PacketReceived();
            next -= roundTrip;
        }

        // From now on nothing comes any more.
        Assert.Equal(3 * Interval, SilenceUntilDead(monitor, next));
    }

    [Fact]
    public void A_process_that_was_suspended_pings_before_it_declares_the_daemon_dead()
    {
        KeepAliveMonitor monitor = new(Interval, 2, _time);
        monitor.Start();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(KeepAliveVerdict.Ping, monitor.Check(isReadingPaused: false, out TimeSpan next));
        Assert.Equal(Interval, next);
        monitor.PacketReceived();
        Assert.Equal(KeepAliveVerdict.Wait, monitor.Check(isReadingPaused: false, out _));
    }

    [Fact]
    public void Silence_does_not_count_while_the_user_of_a_stream_does_not_read()
    {
        KeepAliveMonitor monitor = new(Interval, 2, _time);
        TimeSpan next = monitor.Start();

        for (int check = 0; check < 20; check++)
        {
            _time.Advance(next);
            Assert.Equal(KeepAliveVerdict.Wait, monitor.Check(isReadingPaused: true, out next));
        }

        Assert.Equal(2 * Interval, SilenceUntilDead(monitor, next));
    }

    [Fact]
    public void Silence_counts_again_after_a_pong_that_follows_the_data_for_a_console()
    {
        KeepAliveMonitor monitor = new(Interval, 2, _time);
        TimeSpan next = monitor.Start();
        monitor.ConsoleDataSent();
        // A packet that is not a pong does not show that the daemon has read the data.
        monitor.PacketReceived();

        for (int check = 0; check < 20; check++)
        {
            _time.Advance(next);
            Assert.Equal(KeepAliveVerdict.Wait, monitor.Check(isReadingPaused: false, out next));
        }

        monitor.PongReceived();
        Assert.Equal(2 * Interval, SilenceUntilDead(monitor, next));
    }

    private TimeSpan SilenceUntilDead(KeepAliveMonitor monitor, TimeSpan next)
    {
        TimeSpan silence = TimeSpan.Zero;
        for (int check = 0; check < 100; check++)
        {
            _time.Advance(next);
            silence += next;
            if (monitor.Check(isReadingPaused: false, out next) == KeepAliveVerdict.Dead)
                return silence;
        }

        throw new InvalidOperationException("The daemon has not been declared dead after 100 checks.");
    }
}
