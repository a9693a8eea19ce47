namespace Actors.TestKit.Tests;

/// <summary>Repeats what it is told, now or later.</summary>
internal sealed class Echo(IActorRef<string> listener) : Actor<string>
{
    protected override async ValueTask OnMessageAsync(string message)
    {
        switch (message)
        {
            case "later":
                Context.Timers.StartOnce(message, TimeSpan.FromSeconds(5), "now");
                break;
            case "sleep":
                await Task.Delay(TimeSpan.FromSeconds(5), Context.Time, Context.Stopping).ConfigureAwait(false);
                listener.TryTell("slept");
                break;
            case "fail":
                throw new InvalidDataException("as told");
            case "busy":
                Context.Self.TryTell("busy");
                break;
            default:
                listener.TryTell(message);
                break;
        }
    }
}
