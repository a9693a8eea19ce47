namespace Libvirt.Protocol;

/// <summary>The bounds of a frame: a length word, a header and a payload.</summary>
public static class FrameLimits
{
    /// <summary>Bytes of the length word, which counts itself.</summary>
    public const int LengthSize = 4;

    /// <summary>Bytes of the header behind the length word.</summary>
    public const int HeaderSize = 24;

    /// <summary>Bytes in front of the payload; the smallest legal value of a length word.</summary>
    public const int PrefixSize = LengthSize + HeaderSize;

    /// <summary>The most bytes of a payload.</summary>
    public const int MaxPayload = 33554408;

    /// <summary>The largest legal value of a length word.</summary>
    public const int MaxFrame = PrefixSize + MaxPayload;

    /// <summary>The most file descriptors that travel with one message.</summary>
    public const int MaxFileDescriptors = 32;
}
