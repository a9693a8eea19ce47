using System.Runtime.CompilerServices;
using Akka.Streams.Dsl;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Domain
{
    /// <summary>
    /// A picture of the running domain's screen as a source. Each materialisation takes one, with the first demand. Serves <c>virDomainScreenshot</c>.
    /// </summary>
    /// <param name="screen">Which screen, from 0.</param>
    /// <returns>
    /// Elements of up to 64 KiB, whose memory is the consumer's for good. Fails with <see cref="LibvirtException"/>. Cancelling it aborts the transfer.
    /// </returns>
    public Source<ReadOnlyMemory<byte>, ScreenshotControl> ScreenshotSource(uint screen = 0) =>
        Source.FromGraph(new ReadingStage<ReadOnlyMemory<byte>, ScreenshotControl>(
            "libvirt-screenshot", static () => new ScreenshotControl(), (control, token) => ReadScreenshotAsync(screen, control, token)));

    /// <summary>
    /// A console, serial line or parallel port of the running domain as a flow: what arrives is typed, what the guest shows is pushed. Each materialisation attaches
    /// once, when the graph starts; <see cref="StreamControl.Abort"/> or cancelling detaches. Serves <c>virDomainOpenConsole</c>.
    /// </summary>
    /// <param name="device">The device's alias, such as <c>serial0</c>; the first console when null.</param>
    /// <param name="flags"><see cref="DomainConsoleFlags.Force"/> disconnects the client that is attached to the console.</param>
    /// <param name="options">The buffer, its connection and what happens when it is full; the defaults when null.</param>
    /// <returns>
    /// The flow. The memory of what it pushes is the consumer's for good; that of what it is given is used until it requests the next element or has ended. It
    /// completes when the daemon ends the console. The end of its input ends the typing only; a failure of its input detaches. Fails with
    /// <see cref="LibvirtException"/>, also when the connection is lost: a console is not attached again.
    /// </returns>
    public Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ConsoleControl> ConsoleFlow(
        string? device = null, DomainConsoleFlags flags = 0, StreamOptions? options = null) =>
        FlowOf(
            "libvirt-console",
            RemoteProcedures.DomainOpenConsole,
            () => new DomainOpenConsoleArgs { Dom = Handle, DevName = device, Flags = (uint)flags },
            options);

    /// <summary>A channel of the running domain, as a guest agent uses, as a flow. Serves <c>virDomainOpenChannel</c>.</summary>
    /// <param name="name">The channel's target name, such as <c>org.qemu.guest_agent.0</c>; the first channel when null.</param>
    /// <param name="flags"><see cref="DomainChannelFlags.Force"/> disconnects the client that is attached to the channel.</param>
    /// <param name="options">The buffer, its connection and what happens when it is full; the defaults when null.</param>
    /// <inheritdoc cref="ConsoleFlow" path="/returns"/>
    public Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ConsoleControl> ChannelFlow(
        string? name = null, DomainChannelFlags flags = 0, StreamOptions? options = null) =>
        FlowOf(
            "libvirt-channel",
            RemoteProcedures.DomainOpenChannel,
            () => new DomainOpenChannelArgs { Dom = Handle, Name = name, Flags = (uint)flags },
            options);

    private Flow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ConsoleControl> FlowOf<TArgs>(
        string stage, Procedure<TArgs, XdrVoid> procedure, Func<TArgs> args, StreamOptions? options)
        where TArgs : class, IXdrWritable =>
        Flow.FromGraph(new DuplexStage(
            stage, token => OpenAsync(procedure, args(), options ?? StreamOptions.Default, FreshMemory.Pool, token)));

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadScreenshotAsync(
        uint screen, ScreenshotControl control, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (StreamPort port, string? mimeType) = await BeginScreenshotAsync(screen, FreshMemory.Pool, cancellationToken).ConfigureAwait(false);
        DomainScreenshot screenshot = new(port, mimeType);
        await using (screenshot.ConfigureAwait(false))
        {
            control.Took(mimeType);
            await foreach (ReadOnlyMemory<byte> piece in PortSteps.ReadAllAsync(port, cancellationToken).ConfigureAwait(false))
            {
                control.Add(piece.Length);
                yield return piece;
            }
        }
    }
}
