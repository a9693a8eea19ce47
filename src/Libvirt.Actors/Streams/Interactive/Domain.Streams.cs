using System.Buffers;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Domain
{
    /// <summary>Attaches to a console, serial line or parallel port of the running domain. Serves <c>virDomainOpenConsole</c>.</summary>
    /// <param name="device">The device's alias, such as <c>serial0</c>; the first console when null.</param>
    /// <param name="flags"><see cref="DomainConsoleFlags.Force"/> disconnects the client that is attached to the console.</param>
    /// <param name="options">The buffer and what happens when it is full; the defaults when null.</param>
    /// <param name="cancellationToken">Gives the attaching up; a console that was attached meanwhile is detached again.</param>
    /// <returns>The console. Dispose it to detach.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask<LibvirtStream> OpenConsoleAsync(
        string? device = null, DomainConsoleFlags flags = 0, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(
            RemoteProcedures.DomainOpenConsole,
            new DomainOpenConsoleArgs { Dom = Handle, DevName = device, Flags = (uint)flags },
            options ?? StreamOptions.Default,
            memory: null,
            cancellationToken);

    /// <summary>Attaches to a channel of the running domain, as a guest agent uses. Serves <c>virDomainOpenChannel</c>.</summary>
    /// <param name="name">The channel's target name, such as <c>org.qemu.guest_agent.0</c>; the first channel when null.</param>
    /// <param name="flags"><see cref="DomainChannelFlags.Force"/> disconnects the client that is attached to the channel.</param>
    /// <param name="options">The buffer and what happens when it is full; the defaults when null.</param>
    /// <param name="cancellationToken">Gives the attaching up; a channel that was attached meanwhile is detached again.</param>
    /// <returns>The channel. Dispose it to detach.</returns>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask<LibvirtStream> OpenChannelAsync(
        string? name = null, DomainChannelFlags flags = 0, StreamOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(
            RemoteProcedures.DomainOpenChannel,
            new DomainOpenChannelArgs { Dom = Handle, Name = name, Flags = (uint)flags },
            options ?? StreamOptions.Default,
            memory: null,
            cancellationToken);

    private async ValueTask<LibvirtStream> OpenAsync<TArgs>(
        Procedure<TArgs, XdrVoid> procedure, TArgs args, StreamOptions options, MemoryPool<byte>? memory, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable =>
        (await Hypervisor.OpenStreamAsync(procedure, args, options, memory, default, cancellationToken).ConfigureAwait(false)).Stream;
}
