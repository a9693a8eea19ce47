namespace Libvirt.Testing;

/// <summary>
/// What a proxy does to the messages that match, in one direction. Exactly one thing is done to a message: that of the
/// first rule that matches and is not used up. A rule without an effect counts its matches and forwards them.
/// </summary>
public sealed class FaultRule
{
    private readonly Func<RpcFrame, bool> _matches;
    private readonly List<Func<Task>> _held = [];
    private readonly Lock _gate = new();
    private int _left = int.MaxValue;
    private int _hits;

    internal FaultRule(Func<RpcFrame, bool> matches) => _matches = matches;

    /// <summary>How many messages the rule has met.</summary>
    public int Hits => Volatile.Read(ref _hits);

    internal FaultEffect Effect { get; private set; } = FaultEffect.Forward;

    internal Func<byte[], byte[]> Rewriting { get; private set; } = bytes => bytes;

    internal TimeSpan Delay { get; private set; }

    /// <summary>The rule meets only the next <paramref name="count"/> messages.</summary>
    public FaultRule Times(int count)
    {
        _left = count;
        return this;
    }

    /// <summary>The message is lost.</summary>
    public FaultRule Drop() => With(FaultEffect.Drop);

    /// <summary>The message is kept back until <see cref="ReleaseAsync"/>; later ones overtake it.</summary>
    public FaultRule Hold() => With(FaultEffect.Hold);

    /// <summary>The message and all behind it wait for <paramref name="delay"/>.</summary>
    public FaultRule DelayBy(TimeSpan delay)
    {
        Delay = delay;
        return With(FaultEffect.Delay);
    }

    /// <summary>Other bytes go on in its place: corrupted, lengthened, doubled.</summary>
    public FaultRule Rewrite(Func<byte[], byte[]> rewriting)
    {
        Rewriting = rewriting;
        return With(FaultEffect.Rewrite);
    }

    /// <summary>Only the first <paramref name="length"/> bytes go on, then both sides are closed.</summary>
    public FaultRule TruncateAndClose(int length)
    {
        Rewriting = bytes => bytes[..Math.Min(length, bytes.Length)];
        return With(FaultEffect.TruncateAndClose);
    }

    /// <summary>The message is lost and both sides are closed.</summary>
    public FaultRule Close() => TruncateAndClose(0);

    /// <summary>Sends what <see cref="Hold"/> kept back, in the order in which it came.</summary>
    public async Task ReleaseAsync()
    {
        Func<Task>[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }
        foreach (Func<Task> send in held)
            await send();
    }

    /// <summary>Waits until the rule has met <paramref name="count"/> messages.</summary>
    public Task HitAsync(int count = 1, TimeSpan? limit = null) =>
        Eventually.GetAsync(() => Task.FromResult(Hits), hits => hits >= count, limit, sought: $"the rule meets {count} messages");

    internal bool TryTake(RpcFrame frame)
    {
        if (!frame.IsWhole || !_matches(frame))
            return false;
        lock (_gate)
        {
            if (_left == 0)
                return false;
            _left--;
        }
        return true;
    }

    // Counted only once the effect is in force, so that whoever waits for the hit may rely on it.
    internal void CountHit() => Interlocked.Increment(ref _hits);

    internal void Keep(Func<Task> send)
    {
        lock (_gate)
            _held.Add(send);
    }

    private FaultRule With(FaultEffect effect)
    {
        Effect = effect;
        return this;
    }
}
