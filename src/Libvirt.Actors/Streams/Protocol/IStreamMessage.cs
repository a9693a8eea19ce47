namespace Libvirt.Streams;

/// <summary>What a <see cref="StreamActor"/> can be told.</summary>
internal interface IStreamMessage;
