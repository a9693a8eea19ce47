using Actors;

namespace Libvirt;

/// <summary><c>/libvirt</c>: the parent of all hypervisors. One that fails ends alone.</summary>
internal sealed class RuntimeActor : Actor<IRuntimeMessage>
{
    private long _started;

    protected override ValueTask OnMessageAsync(IRuntimeMessage message)
    {
        if (message is StartHypervisor start)
        {
            try
            {
                IActorRef<IHypervisorMessage> hypervisor = Start(start);
                // Whoever asked may have given up meanwhile: nobody else would ever close it.
                if (!start.Reply.TrySetResult(hypervisor))
                    Context.Stop(hypervisor);
            }
            catch (Exception error)
            {
                // Whoever asked hears of it; the hypervisors that run already do not.
                start.Reply.TrySetException(error);
            }
        }

        return default;
    }

    private IActorRef<IHypervisorMessage> Start(StartHypervisor start)
    {
        // The number keeps two hypervisors of one name apart, and one that was closed from its successor.
        IActorRef<IHypervisorMessage> hypervisor = Context.Spawn(
            $"{start.Name}-{++_started}",
            () => new HypervisorActor(start.Settings, start.Link, start.Hold),
            new ActorOptions { Supervision = SupervisionPolicy.StopOnFailure, MailboxCapacity = start.Settings.Options.QueueCapacity });

        // Before anybody has the hypervisor: a call that is made at once finds its way.
        start.Hold.Bind(hypervisor);
        _ = EndAfterAsync(Context.System.WhenStopped(hypervisor), start.Link);
        return hypervisor;
    }

    private static async Task EndAfterAsync(Task stopped, HypervisorLink link)
    {
        await stopped.ConfigureAwait(false);
        link.End();
    }
}
