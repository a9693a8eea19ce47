using System.Collections.Frozen;
using Libvirt.Protocol.Schema;

namespace Libvirt.Simulator;

/// <summary>The C function that a procedure serves, as libvirt's own errors name it, and the part of libvirt that the function belongs to.</summary>
internal static class CFunctionName
{
    // libvirt documents each function on the page of the part that reports its refusals.
    private static readonly FrozenDictionary<string, ErrorDomain> Parts = new Dictionary<string, ErrorDomain>
    {
        ["libvirt-libvirt-domain.html"] = ErrorDomain.Domain,
        ["libvirt-libvirt-domain-snapshot.html"] = ErrorDomain.DomainSnapshot,
        ["libvirt-libvirt-domain-checkpoint.html"] = ErrorDomain.DomainCheckpoint,
        ["libvirt-libvirt-network.html"] = ErrorDomain.Network,
        ["libvirt-libvirt-storage.html"] = ErrorDomain.Storage,
        ["libvirt-libvirt-secret.html"] = ErrorDomain.Secret,
        ["libvirt-libvirt-nodedev.html"] = ErrorDomain.Nodedev,
        ["libvirt-libvirt-interface.html"] = ErrorDomain.Interface,
        ["libvirt-libvirt-nwfilter.html"] = ErrorDomain.NWFilter,
    }.ToFrozenDictionary();

    /// <summary>The function's name, such as <c>virDomainGetInfo</c>; the procedure's own where it serves none.</summary>
    public static string Of(Procedure procedure) => Find(procedure)?.Function ?? procedure.Name;

    /// <summary>The part of libvirt that reports a refusal of the function.</summary>
    public static ErrorDomain DomainOf(Procedure procedure) =>
        Find(procedure)?.Documentation is Uri page && Parts.TryGetValue(page.Segments[^1], out ErrorDomain domain) ? domain : ErrorDomain.None;

    private static ProcedureSchema? Find(Procedure procedure) =>
        ProtocolSchema.Default.TryFind(procedure.Name, out ProcedureSchema? schema) ? schema : null;
}
