namespace ControlPlane.Views;

/// <summary>Something that the view reports. Actors publish it on the event stream of the actor system.</summary>
/// <param name="Time">When it was.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">The guest, hypervisor or volume that it happened to.</param>
/// <param name="Text">What happened.</param>
internal sealed record Happening(DateTimeOffset Time, HappeningKind Kind, string Subject, string Text)
{
    public static Happening Now(HappeningKind kind, string subject, string text) => new(DateTimeOffset.Now, kind, subject, text);
}

/// <summary>What a happening is about.</summary>
internal enum HappeningKind
{
    Guest,
    Connection,
    Console,
    Transfer,
    Story,
}
