using System.Runtime.InteropServices;
using Libvirt.FileDescriptors;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;
using Microsoft.Win32.SafeHandles;

namespace Libvirt;

// The calls that pass file descriptors. They need a unix socket and HypervisorOptions.FileDescriptors.
public sealed partial class Domain
{
    /// <summary>Connects one end of a socket that the caller has made with a running domain's graphics display.</summary>
    /// <remarks>Serves <c>virDomainOpenGraphics</c>. Since libvirt 0.9.7.</remarks>
    /// <param name="index">Which of the domain's displays, from 0.</param>
    /// <param name="socket">The end that the emulator gets. The caller keeps it and may close it afterwards.</param>
    /// <param name="flags">Modifies the call; none by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask OpenGraphicsAsync(
        uint index, SafeHandle socket, DomainOpenGraphicsFlags flags = 0, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        await DescriptorCalls.SendAsync(
            Hypervisor, RemoteProcedures.DomainOpenGraphics, new DomainOpenGraphicsArgs { Dom = Handle, Index = index, Flags = (uint)flags }, [socket],
            options, cancellationToken).ConfigureAwait(false);

    /// <summary>Opens a connection to a running domain's graphics display and gives the caller its end.</summary>
    /// <remarks>Serves <c>virDomainOpenGraphicsFD</c>. Since libvirt 1.2.8.</remarks>
    /// <returns>A connected stream socket, which the caller owns. Put it into a <see cref="System.Net.Sockets.Socket"/> to use it.</returns>
    /// <inheritdoc cref="OpenGraphicsAsync"/>
    public async ValueTask<SafeFileHandle> OpenGraphicsFDAsync(
        uint index = 0, DomainOpenGraphicsFlags flags = 0, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SafeFileHandle> descriptors = await DescriptorCalls.ReceiveAsync(
            Hypervisor, RemoteProcedures.DomainOpenGraphicsFD, new DomainOpenGraphicsFDArgs { Dom = Handle, Index = index, Flags = (uint)flags },
            options, cancellationToken).ConfigureAwait(false);
        foreach (SafeFileHandle further in descriptors.Skip(1))
            further.Dispose();
        return descriptors[0];
    }

    /// <summary>Opens the namespaces of a running container, in which the caller can then start programs of its own (<c>setns</c>).</summary>
    /// <remarks>Serves <c>virDomainLxcOpenNamespace</c>. Since libvirt 1.0.2.</remarks>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <returns>One descriptor for each namespace. The caller owns them.</returns>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public ValueTask<IReadOnlyList<SafeFileHandle>> OpenNamespaceAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        DescriptorCalls.ReceiveAsync(
            Hypervisor, LxcProcedures.DomainOpenNamespace, new DomainOpenNamespaceArgs { Dom = Handle, Flags = 0 }, options, cancellationToken);

    /// <summary>Starts a defined domain whose first process inherits open files. Only container drivers serve it.</summary>
    /// <remarks>Serves <c>virDomainCreateWithFiles</c>. Since libvirt 1.1.1.</remarks>
    /// <param name="files">What the domain gets, 32 at most. The caller keeps them and may close them afterwards.</param>
    /// <param name="flags">Modifies the call; none by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask CreateWithFilesAsync(
        IReadOnlyList<SafeHandle> files, DomainCreateFlags flags = 0, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        await DescriptorCalls.SendAsync(
            Hypervisor, RemoteProcedures.DomainCreateWithFiles, new DomainCreateWithFilesArgs { Dom = Handle, Flags = (uint)flags }, files,
            options, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Hands open files to the daemon under a name that disks of this domain can refer to. They belong to this connection: when it ends, the daemon
    /// forgets them.
    /// </summary>
    /// <remarks>Serves <c>virDomainFDAssociate</c>. Since libvirt 9.0.0.</remarks>
    /// <param name="name">The name of the group of files.</param>
    /// <param name="files">The files, 32 at most. The caller keeps them and may close them afterwards.</param>
    /// <param name="flags">Modifies the call; none by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask FDAssociateAsync(
        string name, IReadOnlyList<SafeHandle> files, DomainFDAssociateFlags flags = 0, CallOptions? options = null,
        CancellationToken cancellationToken = default) =>
        await DescriptorCalls.SendAsync(
            Hypervisor, RemoteProcedures.DomainFDAssociate, new DomainFDAssociateArgs { Dom = Handle, Name = name, Flags = (uint)flags }, files,
            options, cancellationToken).ConfigureAwait(false);

    /// <summary>Gives one command to a running domain's QEMU monitor, with open files, such as <c>add-fd</c> takes. libvirt does not learn what it changes.</summary>
    /// <remarks>Serves <c>virDomainQemuMonitorCommandWithFiles</c>. Since libvirt 8.2.0.</remarks>
    /// <param name="command">The command as JSON.</param>
    /// <param name="files">What the emulator gets, 32 at most. The caller keeps them and may close them afterwards.</param>
    /// <param name="flags">Modifies the call; none by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <returns>The monitor's answer, and the files that came with it.</returns>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<QemuMonitorAnswer> QemuMonitorCommandWithFilesAsync(
        string command, IReadOnlyList<SafeHandle> files, DomainQemuMonitorCommandFlags flags = 0, CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        FilesReply<DomainMonitorCommandWithFilesRet> reply = await DescriptorCalls.ExchangeAsync(
            Hypervisor, QemuProcedures.DomainMonitorCommandWithFiles,
            new DomainMonitorCommandWithFilesArgs { Dom = Handle, Cmd = command, Flags = (uint)flags }, files, options ?? default, cancellationToken)
            .ConfigureAwait(false);
        return new QemuMonitorAnswer(reply.Result.Result, reply.Files);
    }
}
