namespace Libvirt;

/// <summary>What a <see cref="HypervisorActor"/> can be told.</summary>
internal interface IHypervisorMessage;
