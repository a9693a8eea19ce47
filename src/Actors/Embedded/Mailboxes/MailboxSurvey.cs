namespace Actors.Embedded;

/// <summary>Looks into every mailbox of a tree when somebody asks. So nothing has to be counted while nobody does.</summary>
internal static class MailboxSurvey
{
    /// <param name="top">The actors to begin with; emptied.</param>
    public static MailboxReading Of(Stack<ActorCell> top)
    {
        MailboxReading reading = default;
        while (top.TryPop(out ActorCell? actor))
        {
            int waiting = actor.WaitingMessages;
            reading = reading with { Waiting = reading.Waiting + waiting };
            if (waiting > reading.Deepest)
                reading = reading with { Deepest = waiting, DeepestActor = actor.Path };
            actor.PushChildren(top);
        }

        return reading;
    }
}
