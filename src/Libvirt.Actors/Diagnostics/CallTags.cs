using Libvirt.Protocol;

namespace Libvirt.Diagnostics;

/// <summary>What OpenTelemetry's conventions for remote procedure calls ask to be said of one.</summary>
internal sealed class CallTags
{
    public CallTags(LibvirtUri uri, Procedure procedure)
    {
        // REMOTE_PROC_DOMAIN_GET_INFO is the method domain_get_info of the service remote.
        string[] parts = procedure.Name.ToLowerInvariant().Split("_proc_", 2);
        string service = parts.Length == 2 ? parts[0] : "libvirt";
        Name = $"{service}/{parts[^1]}";
        Place = [new("rpc.system", "libvirt"), new("server.address", LibvirtTelemetry.Address(uri))];
        All = [.. Place, new("rpc.service", service), new("rpc.method", parts[^1])];
        if (uri.Port is { } port)
            All = [.. All, new("server.port", port)];
    }

    /// <summary>The activity's name.</summary>
    public string Name { get; }

    /// <summary>Where it goes.</summary>
    public KeyValuePair<string, object?>[] Place { get; }

    /// <summary>Where it goes, and what it is.</summary>
    public KeyValuePair<string, object?>[] All { get; }

    /// <summary>How it failed.</summary>
    public static KeyValuePair<string, object?>[] Of(Exception error) => error is LibvirtRemoteException remote
        ? [new("error.type", LibvirtTelemetry.ErrorType(error)), new("rpc.response.status_code", remote.Code.ToString())]
        : [new("error.type", LibvirtTelemetry.ErrorType(error))];
}
