using Libvirt.Protocol.Remote;

namespace Libvirt.Events;

/// <summary>Every kind of event about secrets.</summary>
public static class SecretEvents
{
    /// <summary>See <see cref="SecretLifecycleEvent"/>. Serves <c>VIR_SECRET_EVENT_ID_LIFECYCLE</c>.</summary>
    public static EventKind<SecretLifecycleEvent> Lifecycle { get; } = new(
        EventFamily.Secret, (int)SecretEventId.Lifecycle, "lifecycle",
        WireEvent.Of(
            RemoteEvents.SecretEventLifecycle, static m => m.CallbackId,
            static m => new SecretLifecycleEvent(m.Secret, (SecretEventLifecycleType)m.Event)));

    /// <summary>See <see cref="SecretValueChangedEvent"/>. Serves <c>VIR_SECRET_EVENT_ID_VALUE_CHANGED</c>.</summary>
    public static EventKind<SecretValueChangedEvent> ValueChanged { get; } = new(
        EventFamily.Secret, (int)SecretEventId.ValueChanged, "value-changed",
        WireEvent.Of(RemoteEvents.SecretEventValueChanged, static m => m.CallbackId, static m => new SecretValueChangedEvent(m.Secret)));
}
