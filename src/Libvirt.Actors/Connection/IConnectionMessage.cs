namespace Libvirt.Connection;

/// <summary>What a <see cref="ConnectionActor"/> can be told.</summary>
internal interface IConnectionMessage;
