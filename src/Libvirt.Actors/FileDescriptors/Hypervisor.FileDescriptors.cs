using System.Runtime.InteropServices;
using Libvirt.FileDescriptors;
using Libvirt.Protocol.Remote;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>Starts a transient domain from XML; its first process inherits open files. Only container drivers serve it.</summary>
    /// <remarks>Serves <c>virDomainCreateXMLWithFiles</c>. Since libvirt 1.1.1. Needs a unix socket and <see cref="HypervisorOptions.FileDescriptors"/>.</remarks>
    /// <param name="xml">The domain as libvirt XML.</param>
    /// <param name="files">What the domain gets, 32 at most. The caller keeps them and may close them afterwards.</param>
    /// <param name="flags">Modifies the call; none by default.</param>
    /// <param name="options">The call's own limits; the connection's when null.</param>
    /// <param name="cancellationToken">Gives up the waiting; the daemon may still carry the call out.</param>
    /// <exception cref="NotSupportedException">The connection is not by a unix socket.</exception>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    public async ValueTask<Domain> CreateDomainWithFilesAsync(
        string xml, IReadOnlyList<SafeHandle> files, DomainCreateFlags flags = 0, CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        DomainCreateXmlWithFilesRet created = await DescriptorCalls.SendAsync(
            this, RemoteProcedures.DomainCreateXmlWithFiles, new DomainCreateXmlWithFilesArgs { XmlDesc = xml, Flags = (uint)flags }, files, options,
            cancellationToken).ConfigureAwait(false);
        return new Domain(this, created.Dom);
    }
}
