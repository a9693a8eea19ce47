using Akka.Actor;
using Akka.Event;

namespace Libvirt.Tests.Supervision;

/// <summary>
/// Makes actors of a system fail without changing their code. Akka publishes an event at the end of PreStart and of PostStop, within the code whose
/// exceptions it handles as the actor's own, so an exception from the subscriber of that event is a failure of the actor. Needs
/// <c>akka.actor.telemetry.enabled = on</c>, and to be created before the first actor that fails.
/// </summary>
internal sealed class FailingActors
{
    private readonly Lock _gate = new();
    private readonly List<Rule> _pending = [];
    private readonly HashSet<Exception> _fromConstructors = [];
    private readonly List<IActorRef> _restarted = [];

    public FailingActors(ActorSystem system)
    {
        ExtendedActorSystem extended = (ExtendedActorSystem)system;
        extended.ActorPipelineResolver.Register(new ConstructorPlugin(this));
        Listener listener = new(extended, this);
        foreach (Type published in (Type[])[typeof(ActorStarted), typeof(ActorStopped), typeof(ActorRestarted), typeof(Error)])
            system.EventStream.Subscribe(listener, published);
    }

    /// <summary>The actors that were restarted: none of the runtime's may be.</summary>
    public IReadOnlyList<IActorRef> Restarted
    {
        get
        {
            lock (_gate)
                return [.. _restarted];
        }
    }

    /// <summary>Whether every failure that was asked for has happened.</summary>
    public bool AllHaveFailed
    {
        get
        {
            lock (_gate)
                return _pending.Count == 0;
        }
    }

    /// <summary>Makes the next actor of that type fail, once.</summary>
    /// <param name="phase">When.</param>
    /// <param name="name">How its name begins; null for any.</param>
    public void FailNext<TActor>(LifePhase phase, string? name = null)
        where TActor : ActorBase
    {
        lock (_gate)
            _pending.Add(new Rule(typeof(TActor), phase, name ?? ""));
    }

    private void ThrowIfDue(Type type, LifePhase phase, IActorRef actor)
    {
        Exception failure;
        lock (_gate)
        {
            Rule? due = _pending.Find(rule => rule.Type == type && rule.Phase == phase && actor.Path.Name.StartsWith(rule.Name, StringComparison.Ordinal));
            if (due is null)
                return;
            _pending.Remove(due);
            failure = new InjectedFailureException($"The test made {actor.Path.Name} fail: {phase}.");
            if (phase == LifePhase.Constructor)
                _fromConstructors.Add(failure);
        }

        throw failure;
    }

    /// <summary>Akka only logs what a plugin throws. Thrown again by the subscriber of the log, it leaves the code that creates the actor.</summary>
    private void ThrowAgain(Error logged)
    {
        lock (_gate)
        {
            if (logged.Cause is null || !_fromConstructors.Remove(logged.Cause))
                return;
        }

        throw logged.Cause;
    }

    private sealed record Rule(Type Type, LifePhase Phase, string Name);

    private sealed class ConstructorPlugin(FailingActors failing) : ActorProducerPluginBase
    {
        public override void AfterIncarnated(ActorBase actor, IActorContext context) =>
            failing.ThrowIfDue(actor.GetType(), LifePhase.Constructor, context.Self);
    }

    private sealed class Listener(ExtendedActorSystem system, FailingActors failing) : MinimalActorRef
    {
        public override ActorPath Path { get; } = system.Provider.RootPath / "failing-actors";

        public override IActorRefProvider Provider => system.Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            switch (message)
            {
                case ActorStarted started:
                    failing.ThrowIfDue(started.ActorType, LifePhase.PreStart, started.Subject);
                    break;
                case ActorStopped stopped:
                    failing.ThrowIfDue(stopped.ActorType, LifePhase.PostStop, stopped.Subject);
                    break;
                case ActorRestarted restarted:
                    lock (failing._gate)
                        failing._restarted.Add(restarted.Subject);
                    break;
                case Error logged:
                    failing.ThrowAgain(logged);
                    break;
            }
        }
    }
}
