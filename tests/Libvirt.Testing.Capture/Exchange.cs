namespace Libvirt.Testing.Capture;

/// <summary>The messages that belong together: a call with its reply and its stream's packets, or one event or ping.</summary>
/// <param name="Source">The client's command that led to it.</param>
/// <param name="Name">The procedure's name in the dissector's words.</param>
/// <param name="Frames">The messages in order; long packets of a stream's data are left out.</param>
internal sealed record Exchange(string Source, string Name, IReadOnlyList<RecordedFrame> Frames)
{
    public uint Program => Frames[0].Frame.Program;

    public int Procedure => Frames[0].Frame.Procedure;

    public int Size => Frames.Sum(frame => frame.Frame.Bytes.Length);

    /// <summary>What kind of exchange this is, as far as choosing among alike ones is concerned.</summary>
    public string Kind => string.Join(' ', Frames.Select(frame => $"{frame.Frame.Type}-{frame.Frame.Status}").Distinct());

    /// <summary>The contents without what differs each time: the serial.</summary>
    public string Fingerprint => string.Join('|', Frames.Select(frame => Convert.ToHexString(frame.Frame.Payload.Span)));
}
