namespace Actors;

/// <summary>
/// A message that wants to know when no actor will handle it: refused, or left in the mailbox of an actor that ended. So a request can fail
/// at once instead of by its deadline.
/// </summary>
public interface INotifyUndelivered
{
    /// <summary>Runs once, on the thread that found out. Must be quick and must not throw.</summary>
    void OnUndelivered(TellResult reason);
}
