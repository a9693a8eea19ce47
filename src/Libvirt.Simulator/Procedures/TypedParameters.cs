namespace Libvirt.Simulator;

/// <summary>Typed parameters in the making, and the "ask for the count first" convention.</summary>
internal static class TypedParameters
{
    public static void Add(this List<RemoteTypedParam> list, string field, int value) => list.Add(new(field, RemoteTypedParamValue.FromInt32(value)));

    public static void Add(this List<RemoteTypedParam> list, string field, uint value) => list.Add(new(field, RemoteTypedParamValue.FromUInt32(value)));

    public static void Add(this List<RemoteTypedParam> list, string field, long value) => list.Add(new(field, RemoteTypedParamValue.FromInt64(value)));

    public static void Add(this List<RemoteTypedParam> list, string field, ulong value) => list.Add(new(field, RemoteTypedParamValue.FromUInt64(value)));

    public static void Add(this List<RemoteTypedParam> list, string field, string value) => list.Add(new(field, RemoteTypedParamValue.FromString(value)));

    /// <summary>What a client gets that has room for <paramref name="room"/> values: none when it asks for the count, else what fits.</summary>
    public static T[] Fit<T>(IReadOnlyCollection<T> all, int room) => [.. all.Take(Math.Max(0, room))];

    /// <summary>The count that goes with <see cref="Fit"/>.</summary>
    public static int CountFor<T>(IReadOnlyCollection<T> all, int room) => room == 0 ? all.Count : Math.Min(all.Count, room);

    public static string? Text(this RemoteTypedParam[] parameters, string field)
    {
        foreach (RemoteTypedParam parameter in parameters)
        {
            if (parameter.Field == field && parameter.Value.Type == TypedParameterType.String)
                return parameter.Value.AsString();
        }
        return null;
    }
}
