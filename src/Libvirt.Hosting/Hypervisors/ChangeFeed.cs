using System.Threading.Channels;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>Hands changes to everybody who watches. Used under the registry's lock.</summary>
internal sealed class ChangeFeed
{
    private const int Backlog = 1024;

    private readonly List<Channel<HypervisorChange>> _watchers = [];

    public ChannelReader<HypervisorChange> Join(IEnumerable<HypervisorChange> present)
    {
        HypervisorChange[] first = [.. present];
        Channel<HypervisorChange> channel = Channel.CreateBounded<HypervisorChange>(first.Length + Backlog);
        foreach (HypervisorChange change in first)
            channel.Writer.TryWrite(change);
        _watchers.Add(channel);
        return channel.Reader;
    }

    public void Leave(ChannelReader<HypervisorChange> reader) => _watchers.RemoveAll(watcher => watcher.Reader == reader);

    public void Publish(HypervisorChange change)
    {
        foreach (Channel<HypervisorChange> watcher in _watchers)
        {
            if (!watcher.Writer.TryWrite(change))
                watcher.Writer.TryComplete(new InvalidOperationException($"The reader lagged by more than {Backlog} changes and would have missed some."));
        }
    }

    public void Complete()
    {
        foreach (Channel<HypervisorChange> watcher in _watchers)
            watcher.Writer.TryComplete();
    }
}
