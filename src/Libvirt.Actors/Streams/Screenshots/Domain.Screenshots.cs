using System.Buffers;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt;

// Pictures of the screen. The call tells the format, a stream carries the picture.
public sealed partial class Domain
{
    private const int MaxScreenshot = 256 * 1024 * 1024;

    /// <summary>Takes a picture of the running domain's screen and begins to fetch it. Serves <c>virDomainScreenshot</c>.</summary>
    /// <param name="screen">Which screen, from 0.</param>
    /// <param name="cancellationToken">Gives up the opening, the wait for a connection included; nothing is left behind.</param>
    /// <returns>The picture's format and its bytes. Dispose it.</returns>
    /// <exception cref="LibvirtException">The call failed, for instance because the domain has no graphics card; its subclasses say how.</exception>
    public async ValueTask<DomainScreenshot> OpenScreenshotAsync(uint screen = 0, CancellationToken cancellationToken = default)
    {
        (StreamPort port, string? mimeType) = await BeginScreenshotAsync(screen, memory: null, cancellationToken).ConfigureAwait(false);
        return new DomainScreenshot(port, mimeType);
    }

    /// <summary>Takes a picture of the running domain's screen, of up to 256 MiB. Serves <c>virDomainScreenshot</c>.</summary>
    /// <param name="screen">Which screen, from 0.</param>
    /// <param name="cancellationToken">Aborts the transfer.</param>
    /// <returns>The picture and its format.</returns>
    /// <exception cref="InvalidDataException">The picture is larger than 256 MiB; <see cref="OpenScreenshotAsync"/> has no such limit.</exception>
    /// <exception cref="LibvirtException">The call or the transfer failed; its subclasses say how.</exception>
    public async ValueTask<ScreenshotImage> ScreenshotAsync(uint screen = 0, CancellationToken cancellationToken = default)
    {
        DomainScreenshot screenshot = await OpenScreenshotAsync(screen, cancellationToken).ConfigureAwait(false);
        await using (screenshot.ConfigureAwait(false))
        {
            using MemoryStream picture = new();
            await foreach (ReadOnlyMemory<byte> piece in screenshot.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (picture.Length + piece.Length > MaxScreenshot)
                    throw new InvalidDataException($"The screenshot is larger than {MaxScreenshot} bytes.");
                picture.Write(piece.Span);
            }

            return new ScreenshotImage(screenshot.MimeType, picture.GetBuffer().AsMemory(0, (int)picture.Length));
        }
    }

    /// <summary>Takes a picture of the running domain's screen and writes it into a stream. Serves <c>virDomainScreenshot</c>.</summary>
    /// <param name="destination">Where the bytes go, from its present place on. It is neither flushed nor disposed.</param>
    /// <param name="screen">Which screen, from 0.</param>
    /// <param name="cancellationToken">Aborts the transfer; the destination then holds a part.</param>
    /// <returns>The picture's format as the driver names it; null where it does not.</returns>
    /// <exception cref="LibvirtException">The call or the transfer failed; its subclasses say how.</exception>
    public async ValueTask<string?> ScreenshotAsync(Stream destination, uint screen = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        DomainScreenshot screenshot = await OpenScreenshotAsync(screen, cancellationToken).ConfigureAwait(false);
        await using (screenshot.ConfigureAwait(false))
        {
            await screenshot.Reader.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
            return screenshot.MimeType;
        }
    }

    /// <summary>Takes a picture of the running domain's screen into a file. Serves <c>virDomainScreenshot</c>.</summary>
    /// <param name="path">The file. It is made anew once the daemon has taken the picture; what a failed transfer left of it is removed.</param>
    /// <param name="screen">Which screen, from 0.</param>
    /// <param name="cancellationToken">Aborts the transfer.</param>
    /// <returns>The picture's format as the driver names it; null where it does not.</returns>
    /// <exception cref="LibvirtException">The call or the transfer failed; its subclasses say how.</exception>
    public async ValueTask<string?> ScreenshotToFileAsync(string path, uint screen = 0, CancellationToken cancellationToken = default)
    {
        DomainScreenshot screenshot = await OpenScreenshotAsync(screen, cancellationToken).ConfigureAwait(false);
        await using (screenshot.ConfigureAwait(false))
        {
            FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            try
            {
                await using (file.ConfigureAwait(false))
                    await screenshot.Reader.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                File.Delete(path);
                throw;
            }

            return screenshot.MimeType;
        }
    }

    private async ValueTask<(StreamPort Port, string? MimeType)> BeginScreenshotAsync(
        uint screen, MemoryPool<byte>? memory, CancellationToken cancellationToken)
    {
        StreamPort port = new(RemoteProcedures.DomainScreenshot, new StreamBuffering(Hypervisor.Options.StreamBuffer, Overflow: null, memory));
        DomainScreenshotArgs args = new() { Dom = Handle, Screen = screen, Flags = 0 };
        DomainScreenshotRet ret = await Hypervisor.OpenBulkAsync(RemoteProcedures.DomainScreenshot, args, port, cancellationToken).ConfigureAwait(false);
        return (port, ret.Mime);
    }
}
