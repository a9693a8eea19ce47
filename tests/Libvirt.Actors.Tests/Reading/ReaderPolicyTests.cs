using Libvirt.TestKit;
using Libvirt.Connections;

namespace Libvirt.Tests.Reading;

public sealed class ReaderPolicyTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Many_receives_in_a_short_time_make_a_connection_busy()
    {
        ReaderPolicy policy = new(_time);

        Receive(policy, ReaderPolicy.BusyReceives - 1);
        Assert.False(policy.IsBusy());
        Receive(policy, 1);
        Assert.True(policy.IsBusy());
    }

    [Fact]
    public void As_many_over_a_longer_time_do_not()
    {
        ReaderPolicy policy = new(_time);

        for (int i = 0; i < 10 * ReaderPolicy.BusyReceives; i++)
        {
            _time.Advance(2 * ReaderPolicy.BusyWindow / ReaderPolicy.BusyReceives);
            Receive(policy, 1);
            Assert.False(policy.IsBusy());
        }
    }

    [Fact]
    public void A_connection_is_calm_after_a_second_with_few_receives()
    {
        ReaderPolicy policy = new(_time);
        policy.Begin();

        Receive(policy, ReaderPolicy.CalmReceives - 1);
        Assert.False(policy.IsCalm());
        _time.Advance(ReaderPolicy.CalmWindow);
        Assert.True(policy.IsCalm());
    }

    [Fact]
    public void A_pause_shorter_than_that_does_not_make_it_calm()
    {
        ReaderPolicy policy = new(_time);
        policy.Begin();

        for (int i = 0; i < 10; i++)
        {
            Receive(policy, ReaderPolicy.CalmReceives);
            _time.Advance(ReaderPolicy.CalmWindow);
            Assert.False(policy.IsCalm());
        }
    }

    private static void Receive(ReaderPolicy policy, int times)
    {
        for (int i = 0; i < times; i++)
            policy.Received();
    }
}
