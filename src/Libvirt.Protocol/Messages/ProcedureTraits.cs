namespace Libvirt.Protocol;

/// <summary>How a procedure behaves on the wire and what it does to the daemon.</summary>
[Flags]
public enum ProcedureTraits
{
    /// <summary>An ordinary call that may change things.</summary>
    None = 0,

    /// <summary>The access rules ask for reading permissions only: repeating the call does no harm.</summary>
    Reading = 1 << 0,

    /// <summary>The daemon may serve it with its priority workers, even when all others are busy.</summary>
    HighPriority = 1 << 1,

    /// <summary>The reply begins a stream that carries data from the daemon.</summary>
    ReadStream = 1 << 2,

    /// <summary>The reply begins a stream that carries data to the daemon.</summary>
    WriteStream = 1 << 3,

    /// <summary>The stream may carry holes when the call's sparse flag is set.</summary>
    Sparse = 1 << 4,

    /// <summary>The call carries file descriptors, which only a unix socket can pass.</summary>
    SendsDescriptors = 1 << 5,

    /// <summary>The reply carries file descriptors, which only a unix socket can pass.</summary>
    ReceivesDescriptors = 1 << 6,
}
