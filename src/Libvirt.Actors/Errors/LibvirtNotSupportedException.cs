using System.Runtime.Serialization;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;

namespace Libvirt;

/// <summary>The daemon does not know the procedure: it is older than the libvirt release that brought it.</summary>
[Serializable]
public sealed class LibvirtNotSupportedException : LibvirtRemoteException
{
    internal LibvirtNotSupportedException(Procedure procedure, RemoteError error)
        : base(procedure.Name, error, Text(procedure), "procedure-not-supported")
    {
        Since = procedure.Since;
    }

    internal LibvirtNotSupportedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        Since = info.Text(nameof(Since));
    }

    internal override void Describe(SerializationInfo info)
    {
        base.Describe(info);
        info.Set(nameof(Since), Since);
    }

    /// <summary>The libvirt release that brought the procedure; null where libvirt does not say.</summary>
    public string? Since { get; }

    private static string Text(Procedure procedure) => procedure.Since is { } since
        ? $"The daemon does not know {procedure.Name}: it came with libvirt {since}, and the daemon is older or built without it."
        : $"The daemon does not know {procedure.Name}.";
}
