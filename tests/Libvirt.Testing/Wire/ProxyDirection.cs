namespace Libvirt.Testing;

/// <summary>One direction of a proxy, for all its connections: what is done to the messages that go this way.</summary>
public sealed class ProxyDirection
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];
    private TaskCompletionSource _open = Opened();

    internal ProxyDirection()
    {
    }

    /// <summary>How long each message waits before it goes on, one after the other.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>
    /// Stops this direction: what arrives is read no more, so the sender's socket fills up. The message that is under way
    /// still counts as received.
    /// </summary>
    public void Pause()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted)
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets a paused direction go on; nothing is lost.</summary>
    public void Resume()
    {
        lock (_gate)
            _open.TrySetResult();
    }

    /// <summary>Adds a rule for the messages that match; say on the result what is done to them. Earlier rules come first.</summary>
    /// <param name="matches">Called for each whole message.</param>
    /// <param name="effect">Sets the rule's effect before it can meet a message.</param>
    public FaultRule When(Func<RpcFrame, bool> matches, Func<FaultRule, FaultRule>? effect = null)
    {
        FaultRule rule = new(matches);
        effect?.Invoke(rule);
        lock (_gate)
            _rules.Add(rule);
        return rule;
    }

    /// <summary>Takes all rules away; what is held stays held.</summary>
    public void Clear()
    {
        lock (_gate)
            _rules.Clear();
    }

    internal Task WhenOpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _open.Task.WaitAsync(cancellationToken);
    }

    internal FaultRule? Match(RpcFrame frame)
    {
        lock (_gate)
            return _rules.Find(rule => rule.TryTake(frame));
    }

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
