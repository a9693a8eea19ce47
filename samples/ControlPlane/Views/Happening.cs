namespace ControlPlane.Views;

/// <summary>Something to tell.</summary>
/// <param name="Time">When it was.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">Whom it happened to.</param>
/// <param name="Text">What happened.</param>
internal sealed record Happening(DateTimeOffset Time, HappeningKind Kind, string Subject, string Text);

/// <summary>What a happening is about.</summary>
internal enum HappeningKind
{
    Guest,
    Connection,
    Console,
    Transfer,
    Story,
}
