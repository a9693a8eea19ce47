using Akka.Actor;
using Libvirt.Diagnostics;

namespace Libvirt.Dispatch;

/// <summary>How the runtime's actors are created: dispatcher, mailbox and supervision.</summary>
internal static class RuntimeProps
{
    /// <summary>A child that fails is stopped; its parent learns of it by death watch.</summary>
    public static SupervisorStrategy StopOnFailure { get; } = new OneForOneStrategy(static _ =>
    {
        ActorTelemetry.Failed();
        return Directive.Stop;
    });

    /// <summary>An actor whose turns are short and never wait: it runs on the thread that tells it something.</summary>
    public static Props Inline<TActor>(Func<TActor> create)
        where TActor : ActorBase =>
        Props.CreateBy(new ActorProducer<TActor>(create)).WithDispatcher(InlineDispatcherConfigurator.Path).WithMailbox(LosslessMailbox.Path);

    /// <summary>An actor on Akka's default dispatcher.</summary>
    public static Props OnThreadPool<TActor>(Func<TActor> create)
        where TActor : ActorBase =>
        Props.CreateBy(new ActorProducer<TActor>(create)).WithMailbox(LosslessMailbox.Path);

    // Props.Create takes an expression, which is compiled by reflection for each actor; a delegate is not.
    private sealed class ActorProducer<TActor>(Func<TActor> create) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => create();

        public void Release(ActorBase actor)
        {
        }
    }
}
