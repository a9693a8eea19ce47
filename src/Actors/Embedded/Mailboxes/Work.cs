namespace Actors.Embedded;

/// <summary>What a turn finds to do next.</summary>
internal enum Work
{
    None,
    Stop,
    Signal,
    Notice,
    Message,
    BatchEnd,
}
