using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Libvirt;

/// <summary>The current state and everybody who follows its changes.</summary>
internal sealed class StateFeed(HypervisorState initial)
{
    private const int BacklogPerFollower = 64;

    private readonly Lock _lock = new();
    private readonly List<ChannelWriter<HypervisorState>> _followers = [];
    private volatile HypervisorState _current = initial;

    public HypervisorState Current => _current;

    public void Publish(HypervisorState state)
    {
        lock (_lock)
        {
            _current = state;
            foreach (ChannelWriter<HypervisorState> follower in _followers)
            {
                follower.TryWrite(state);
                if (state is HypervisorState.Closed)
                    follower.TryComplete();
            }
        }
    }

    /// <summary>The current state, then each change, up to and including Closed. A follower that lags loses the oldest changes first.</summary>
    public async IAsyncEnumerable<HypervisorState> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Channel<HypervisorState> channel = Channel.CreateBounded<HypervisorState>(
            new BoundedChannelOptions(BacklogPerFollower) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            channel.Writer.TryWrite(_current);
            if (_current is HypervisorState.Closed)
                channel.Writer.TryComplete();
            else
                _followers.Add(channel.Writer);
        }

        try
        {
            await foreach (HypervisorState state in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return state;
        }
        finally
        {
            lock (_lock)
                _followers.Remove(channel.Writer);
        }
    }
}
