namespace Libvirt.Simulator;

/// <summary>A guest that was saved to an image.</summary>
internal sealed record SavedGuest(DomainDefinition Definition, bool WasPaused);
