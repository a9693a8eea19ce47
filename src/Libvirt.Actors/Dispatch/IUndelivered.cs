using Akka.Actor;
using Akka.Event;

namespace Libvirt.Dispatch;

/// <summary>
/// A message within the runtime that must not disappear in dead letters: it is informed instead, so that it can fail its caller or release what it holds. It
/// is not logged as a dead letter.
/// </summary>
internal interface IUndelivered : IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    /// <summary>No actor will handle the message. Called once, on the thread that found out; must be quick and must not throw.</summary>
    void OnUndelivered();
}
