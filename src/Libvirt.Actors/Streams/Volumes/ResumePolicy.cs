namespace Libvirt.Streams;

/// <summary>Whether a transfer that lost its connection goes on. It gives up after a few losses in a row without a byte between them.</summary>
internal sealed class ResumePolicy(Hypervisor hypervisor, bool isAllowed)
{
    private const int MaxFruitless = 5;

    private long _reached = -1;
    private int _fruitless;

    /// <summary>Whether to try again. To be asked once per loss.</summary>
    /// <param name="reached">How many bytes are safely transferred.</param>
    public bool MayGoOn(long reached)
    {
        if (!isAllowed || !hypervisor.Options.Reconnect || hypervisor.State is HypervisorState.Closed)
            return false;
        _fruitless = reached > _reached ? 0 : _fruitless + 1;
        _reached = reached;
        return _fruitless < MaxFruitless;
    }

    /// <summary>Waits until the hypervisor is connected again, and a little in any case: its own connection may not know yet what happened to ours.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay = hypervisor.Options.ReconnectBackoff.Delay(_fruitless + 1, Random.Shared.NextDouble());
        await hypervisor.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        await hypervisor.WhenReadyAsync(cancellationToken).ConfigureAwait(false);
    }
}
