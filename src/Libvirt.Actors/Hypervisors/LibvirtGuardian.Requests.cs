using Akka.Actor;
using Akka.Configuration;
using Libvirt.Messages;
using Libvirt.Settings;

namespace Libvirt;

// Requests by message: hypervisors by name.
internal sealed partial class LibvirtGuardian
{
    // The latest of each name.
    private readonly Dictionary<string, RunningHypervisor> _byName = new(StringComparer.OrdinalIgnoreCase);

    private void Enter(RunningHypervisor hypervisor)
    {
        _byName[hypervisor.Name] = hypervisor;
        foreach (StateSubscription subscription in _subscriptions)
        {
            if (subscription.Includes(hypervisor))
                subscription.Tell(hypervisor, Self);
        }
    }

    private void Leave(StartHypervisor start)
    {
        // Its last state, which it or the guardian has published by now.
        Publish(start, start.Link.States.Current);
        if (!_running.Remove(start, out RunningHypervisor? hypervisor))
            return;
        if (_byName.GetValueOrDefault(hypervisor.Name) == hypervisor)
            _byName.Remove(hypervisor.Name);
        foreach (StateSubscription ended in _subscriptions.Where(subscription => ReferenceEquals(subscription.Start, start)).ToArray())
            Unsubscribe(ended);
    }

    private void Serve(HypervisorRequest request)
    {
        try
        {
            switch (request)
            {
                case AddHypervisor add:
                    runtime.Directory.Add(add.Name, add.Uri, OptionsOf(add));
                    // Behind the message that starts it.
                    Self.Tell(new AddCompleted(Sender, add), ActorRefs.NoSender);
                    break;
                case RemoveHypervisor remove:
                    Remove(remove);
                    break;
                case ListHypervisors:
                    Sender.Tell(new HypervisorList(AllEntries(), request.CorrelationId), Self);
                    break;
                case GetHypervisor get:
                    if (FindOrPutOff(get.Name, get, get.CorrelationId) is { } found)
                        Sender.Tell(found with { CorrelationId = get.CorrelationId }, Self);
                    break;
                case SubscribeHypervisorState subscribe:
                    Subscribe(subscribe);
                    break;
                default:
                    Unhandled(request);
                    break;
            }
        }
        catch (Exception error) when (error is ArgumentException or LibvirtException or ConfigurationException or ObjectDisposedException)
        {
            Sender.Tell(new Status.Failure(error, request.CorrelationId), Self);
        }
    }

    private void Forward(HypervisorEnvelope envelope)
    {
        if (envelope.Name is null || envelope.Message is null)
            Sender.Tell(new Status.Failure(new ArgumentException("The envelope has no name or no message."), envelope.CorrelationId), Self);
        else if (FindOrPutOff(envelope.Name, envelope, envelope.CorrelationId) is { } found)
            found.Hypervisor.Forward(envelope.Message);
    }

    private HypervisorOptions? OptionsOf(AddHypervisor request)
    {
        if (string.IsNullOrWhiteSpace(request.Settings))
            return null;
        List<string> failures = [];
        SettingNode settings = new("settings", Parse(request.Settings).Root);
        HypervisorOptions options = new SettingBinder(failures).Bind(runtime.Defaults, settings, HypervisorSettings.All);
        return failures.Count == 0
            ? options
            : throw new ConfigurationException($"The settings of the hypervisor '{request.Name}' cannot be used:\n{string.Join('\n', failures)}");
    }

    private static Config Parse(string settings)
    {
        try
        {
            return ConfigurationFactory.ParseString(settings);
        }
        catch (Exception error) when (error is not ConfigurationException)
        {
            throw new ConfigurationException($"The settings are not valid HOCON: {error.Message}", error);
        }
    }

    private void AnswerAdd(AddCompleted added)
    {
        AddHypervisor request = added.Request;
        object reply = _byName.TryGetValue(request.Name, out RunningHypervisor? hypervisor)
            ? new HypervisorAdded(request.Name, hypervisor.Actor, request.CorrelationId)
            : new Status.Failure(CallFailureOf(request.Name), request.CorrelationId);
        added.Requester.Tell(reply, Self);
    }

    private static LibvirtConnectionLostException CallFailureOf(string name) =>
        new($"The hypervisor '{name}' was closed before it was added.", sent: false, null, isForGood: true);

    private void Remove(RemoveHypervisor request)
    {
        IActorRef requester = Sender;
        Task<bool> removing = runtime.Directory.TryGet(request.Name, out _)
            ? runtime.Directory.RemoveAsync(request.Name).AsTask()
            : CloseUnlisted(request.Name);
        removing.PipeTo(
            Self,
            success: found => new RemoveCompleted(requester, request, found),
            failure: error => new RemoveCompleted(requester, request, Found: true, error));
    }

    private async Task<bool> CloseUnlisted(string name)
    {
        if (!_byName.TryGetValue(name, out RunningHypervisor? hypervisor))
            return false;
        hypervisor.Actor.Tell(new CloseHypervisor(), ActorRefs.NoSender);
        await hypervisor.Start.Link.Ended.ConfigureAwait(false);
        return true;
    }

    private void AnswerRemove(RemoveCompleted removed)
    {
        RemoveHypervisor request = removed.Request;
        object reply = removed switch
        {
            { Error: { } error } => new Status.Failure(error, request.CorrelationId),
            { Found: false } => new Status.Failure(NotFound(request.Name), request.CorrelationId),
            _ => new HypervisorRemoved(request.Name, request.CorrelationId),
        };
        removed.Requester.Tell(reply, Self);
    }

    /// <summary>
    /// The hypervisor of a name. Null when the sender has been told that there is none; or when its actor is about to be created, and the message was put behind
    /// the one that does so.
    /// </summary>
    private HypervisorEntry? FindOrPutOff(string name, object message, object? correlationId)
    {
        if (_byName.TryGetValue(name, out RunningHypervisor? running))
            return running.ToEntry();
        if (runtime.Directory.TryGet(name, out Hypervisor? hypervisor))
        {
            if (hypervisor.Actor.IsCompletedSuccessfully)
                return EntryOf(name, hypervisor);
            if (!hypervisor.Actor.IsCompleted)
            {
                Self.Forward(message);
                return null;
            }
        }

        Sender.Tell(new Status.Failure(NotFound(name), correlationId), Self);
        return null;
    }

    /// <summary>Those with an actor, and those that have closed by themselves and were not removed.</summary>
    private HypervisorEntry[] AllEntries()
    {
        IEnumerable<HypervisorEntry> closed = runtime.Directory.All
            .Where(pair => !_byName.ContainsKey(pair.Key) && pair.Value.Actor.IsCompletedSuccessfully)
            .Select(static pair => EntryOf(pair.Key, pair.Value));
        return [.. _byName.Values.Select(static hypervisor => hypervisor.ToEntry()).Concat(closed).OrderBy(static entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static HypervisorEntry EntryOf(string name, Hypervisor closed) => new(name, closed.Uri.Text, closed.Actor.Result, closed.State);

    private KeyNotFoundException NotFound(string name)
    {
        string all = string.Join(", ", AllEntries().Select(static entry => entry.Name));
        return new KeyNotFoundException(all.Length == 0 ? $"There is no hypervisor '{name}', nor any other." : $"There is no hypervisor '{name}'; there are: {all}.");
    }
}
