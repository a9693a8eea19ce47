namespace Libvirt.Transports;

/// <summary>What a socket can be ready for, by the numbers of <c>epoll</c>.</summary>
[Flags]
internal enum Readiness : uint
{
    None = 0,

    /// <summary>There is something to receive, or the end.</summary>
    Readable = 0x1,

    /// <summary>The kernel takes bytes again.</summary>
    Writable = 0x4,

    /// <summary>Something is wrong with it: whatever is tried next will tell.</summary>
    Failed = 0x8,

    /// <summary>Both directions have ended.</summary>
    Ended = 0x10,
}
