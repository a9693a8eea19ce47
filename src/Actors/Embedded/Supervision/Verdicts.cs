using Actors.Embedded.Diagnostics;

namespace Actors.Embedded;

/// <summary>Turns a failure into what the policy of the failed actor wants done.</summary>
internal static class Verdicts
{
    /// <summary>Decides on a failure of <paramref name="child"/> and carries it out, all but the escalation, which is the caller's.</summary>
    /// <returns>The directive that was applied.</returns>
    public static Directive Pass(ActorCell child, Failure failure)
    {
        SupervisionPolicy policy = child.Options.Supervision;
        Directive directive = Decide(child, policy, failure);
        switch (directive)
        {
            case Directive.Resume:
                child.Log.ActorResumed(child.Path, failure.Error);
                child.Send(new ResumeVerdict());
                break;
            case Directive.Restart when child.History.TryNext(policy, failure, child.Host.Time, child.Host.NextRandom(), out TimeSpan delay):
                child.Log.ActorRestarting(child.Path, delay, failure.Error);
                child.Send(new RestartVerdict(delay));
                break;
            case Directive.Restart:
                child.Log.RestartLimitReached(child.Path, policy.MaxRestarts ?? 0, failure.Error);
                child.RequestStop();
                return Directive.Stop;
            case Directive.Stop:
                child.Log.ActorStoppedByFailure(child.Path, failure.Error);
                child.RequestStop();
                break;
            default:
                child.RequestStop();
                return Directive.Escalate;
        }

        return directive;
    }

    private static Directive Decide(ActorCell child, SupervisionPolicy policy, Failure failure)
    {
        try
        {
            Directive directive = policy.Decide(failure.Error);
            return directive is Directive.Resume && failure.DuringStart ? Directive.Restart : directive;
        }
        catch (Exception error)
        {
            child.Log.DeciderFailed(child.Path, error);
            return Directive.Escalate;
        }
    }
}
