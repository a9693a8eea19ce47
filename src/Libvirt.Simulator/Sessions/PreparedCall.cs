namespace Libvirt.Simulator;

/// <summary>A call that has been read and not yet been served.</summary>
internal readonly record struct PreparedCall(MessageHeader Header, ProcedureHandler Handler, object Arguments);
