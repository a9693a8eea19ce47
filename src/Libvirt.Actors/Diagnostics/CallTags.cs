using Libvirt.Protocol;

namespace Libvirt.Diagnostics;

/// <summary>What OpenTelemetry's conventions for remote procedure calls ask to be said of one.</summary>
internal sealed class CallTags
{
    public CallTags(LibvirtUri uri, Procedure procedure)
    {
        (string service, string method) = Named(procedure);
        Name = $"{service}/{method}";
        Place = [new("rpc.system", "libvirt"), new("server.address", LibvirtTelemetry.Address(uri))];
        All = [.. Place, new("rpc.service", service), new("rpc.method", method)];
        if (uri.Port is { } port)
            All = [.. All, new("server.port", port)];
    }

    /// <summary>The activity's name.</summary>
    public string Name { get; }

    /// <summary>Where it goes.</summary>
    public KeyValuePair<string, object?>[] Place { get; }

    /// <summary>Where it goes, and what it is.</summary>
    public KeyValuePair<string, object?>[] All { get; }

    /// <summary>A procedure's service and method: REMOTE_PROC_DOMAIN_GET_INFO is the method domain_get_info of the service remote.</summary>
    public static (string Service, string Method) Named(Procedure procedure)
    {
        string[] parts = procedure.Name.ToLowerInvariant().Split("_proc_", 2);
        return (parts.Length == 2 ? parts[0] : "libvirt", parts[^1]);
    }

    /// <summary>How it failed.</summary>
    public static KeyValuePair<string, object?>[] Of(Exception error) => error is LibvirtRemoteException remote
        ? [new("error.type", LibvirtTelemetry.ErrorType(error)), new("rpc.response.status_code", remote.Code.ToString())]
        : [new("error.type", LibvirtTelemetry.ErrorType(error))];
}
