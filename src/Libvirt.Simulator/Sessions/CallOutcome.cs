namespace Libvirt.Simulator;

/// <summary>What came of a call: the reply's frame and the stream that begins with it.</summary>
internal readonly record struct CallOutcome(byte[] Reply, SessionStream? Stream);
