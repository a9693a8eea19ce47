using Actors.Embedded.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Actors.Embedded;

/// <summary>The cell of an actor that takes <typeparamref name="TMessage"/>; its own ref.</summary>
internal sealed partial class TypedActorCell<TMessage> : ActorCell, IActorRef<TMessage>
{
    private readonly TypedMailbox<TMessage> _mailbox;
    private Func<Actor<TMessage>>? _factory;
    private Actor<TMessage>? _instance;
    private volatile ActorContext<TMessage>? _context;

    public TypedActorCell(
        EmbeddedActorSystem host,
        ISupervisor supervisor,
        ActorPath path,
        Func<Actor<TMessage>> factory,
        ActorOptions options)
        : base(host, supervisor, path, options)
    {
        _factory = factory;
        _mailbox = new TypedMailbox<TMessage>(Gate, options.MailboxCapacity);
    }

    protected override Mailbox Mail => _mailbox;

    /// <inheritdoc/>
    public TellResult TryTell(TMessage message)
    {
        bool mayNest = Options.Dispatch == ActorDispatch.Inline && TurnDepth.MayNest(Host.MaxInlineDepth);
        TellResult result = _mailbox.Post(message, mayNest, out Claim claim);
        if (claim == Claim.WithMessage)
            RunNested(message);
        else if (claim == Claim.Turn)
            Dispatch();
        else if (result != TellResult.Accepted)
            Host.DeadLetters.Add(Path, message, result);
        return result;
    }

    /// <summary>Free-threaded: hands over a timer's tick or the end of a watched actor.</summary>
    public void Deliver(Notice<TMessage> notice)
    {
        if (_mailbox.Post(notice))
            Dispatch();
    }

    /// <summary>Whether <paramref name="context"/> belongs to the living instance and a turn is under way.</summary>
    public bool IsInTurnOf(ActorContext<TMessage> context) => ReferenceEquals(_context, context) && _mailbox.IsClaimed;

    /// <summary>The logger of the living instance.</summary>
    public ILogger CreateLog()
    {
        Type type = _instance?.GetType() ?? typeof(Actor<TMessage>);
        return new ActorLogger(new GuardedLogger(Host.CreateLogger(type.FullName ?? type.Name)), Path);
    }

    protected override void SignalStopping() => _context?.SignalStopping();

    protected override void ReleaseInstanceResources() => _context?.Release();

    protected override void ForgetInstance()
    {
        _instance = null;
        _context = null;
        if (IsStopRequested)
            _factory = null;
    }

    protected override void GiveBackMessages()
    {
        while (_mailbox.TryTakeLeftover(out TMessage? message))
            Host.DeadLetters.Add(Path, message, TellResult.Stopped);
    }

    private void RunNested(TMessage message)
    {
        Host.Activity?.Enter();
        TurnDepth.Ambient ambient = TurnDepth.Enter();
        _budget = Options.Throughput;
        try
        {
            if (HandleMessage(message))
                WorkOff();
        }
        finally
        {
            TurnDepth.Leave(ambient);
        }
    }
}
