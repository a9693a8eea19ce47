namespace Actors.TestKit;

/// <summary>Asks a probe's watcher to watch, or tells it that a watched actor has ended.</summary>
/// <param name="Other">Whom to watch; null when it has ended.</param>
/// <param name="Message">What the probe is to receive then.</param>
/// <param name="Done">Who waits for the watch to stand.</param>
internal sealed record WatchRequest<TMessage>(IActorRef? Other, TMessage Message, ReplyTo<bool> Done);
