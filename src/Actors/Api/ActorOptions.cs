namespace Actors;

/// <summary>How an actor is run: its mailbox's bound, its dispatch and what happens when it fails.</summary>
public sealed record ActorOptions
{
    private readonly int _mailboxCapacity = 1024;
    private readonly int _throughput = 128;

    /// <summary>A mailbox of 1024, pooled dispatch and <see cref="SupervisionPolicy.Default"/>.</summary>
    public static ActorOptions Default { get; } = new();

    /// <summary>How many user messages may wait. Default 1024. System messages and timer ticks are outside of it.</summary>
    public int MailboxCapacity
    {
        get => _mailboxCapacity;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _mailboxCapacity = value;
        }
    }

    /// <summary>How many messages one turn handles before it lets others run. Default 128.</summary>
    public int Throughput
    {
        get => _throughput;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _throughput = value;
        }
    }

    /// <summary>Where turns run. Default <see cref="ActorDispatch.Pooled"/>.</summary>
    public ActorDispatch Dispatch { get; init; } = ActorDispatch.Pooled;

    /// <summary>What the parent does when the actor fails.</summary>
    public SupervisionPolicy Supervision { get; init; } = SupervisionPolicy.Default;
}
