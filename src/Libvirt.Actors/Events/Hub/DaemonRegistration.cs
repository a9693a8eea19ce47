namespace Libvirt.Events;

/// <summary>What a daemon gave for a registration.</summary>
/// <param name="Wire">How its events arrive.</param>
/// <param name="CallbackId">The id its events carry; null where they carry none.</param>
internal sealed record DaemonRegistration(WireEvent Wire, int? CallbackId);
