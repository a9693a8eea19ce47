using System.Globalization;
using System.Text.Json.Nodes;
using Libvirt.Cli.Output;
using Libvirt.Protocol.Remote;

namespace Libvirt.Cli.Administration;

/// <summary>The fields by which results tell of a daemon's clients.</summary>
internal static class ClientFields
{
    /// <summary>The number.</summary>
    public static Field Id(ulong id) => Field.Of("id", "Id", id);

    /// <summary>The way of its connection.</summary>
    public static Field Transport(ClientTransport transport) => Field.Of("transport", "Transport", transport switch
    {
        ClientTransport.Unix => "unix",
        ClientTransport.Tcp => "tcp",
        ClientTransport.Tls => "tls",
        _ => "unknown",
    });

    /// <summary>When it connected: to people in their own time, to programs in UTC.</summary>
    public static Field ConnectedAt(DateTimeOffset? time) => new(
        "connection_time",
        "Connected since",
        time is { } known ? Local(known) : "unknown",
        time is { } moment ? JsonValue.Create(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) : null);

    /// <summary>What the daemon tells of it, under the daemon's own name.</summary>
    public static Field Told(RemoteTypedParam parameter) => parameter.Value.Type switch
    {
        TypedParameterType.Boolean => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsBoolean()),
        TypedParameterType.String => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsString()),
        TypedParameterType.Int => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsInt32()),
        TypedParameterType.UInt => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsUInt32()),
        TypedParameterType.LLong => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsInt64()),
        TypedParameterType.ULLong => Field.Of(parameter.Field, parameter.Field, parameter.Value.AsUInt64()),
        _ => new Field(parameter.Field, parameter.Field, parameter.Value.AsDouble().ToString(CultureInfo.InvariantCulture), parameter.Value.AsDouble()),
    };

    private static string Local(DateTimeOffset time) =>
        time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture).Remove("yyyy-MM-dd HH:mm:ss+00".Length, 1);
}
