namespace Libvirt.Streams;

/// <summary>A whole picture of a domain's screen.</summary>
/// <param name="MimeType">The format as the driver names it, such as <c>image/png</c> or <c>image/x-portable-pixmap</c>; null where it does not.</param>
/// <param name="Data">The picture's bytes. The memory is the caller's.</param>
public sealed record ScreenshotImage(string? MimeType, ReadOnlyMemory<byte> Data);
