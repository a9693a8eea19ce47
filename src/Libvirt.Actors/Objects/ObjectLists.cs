namespace Libvirt;

/// <summary>Turns arrays of the wire into lists of objects, and back.</summary>
internal static class ObjectLists
{
    /// <summary>The object model's form of each element.</summary>
    public static IReadOnlyList<TObject> Map<TWire, TObject>(Hypervisor hypervisor, TWire[] values, Func<Hypervisor, TWire, TObject> create)
    {
        TObject[] objects = new TObject[values.Length];
        for (int i = 0; i < values.Length; i++)
            objects[i] = create(hypervisor, values[i]);
        return objects;
    }

    /// <summary>The handle of each object; none for null.</summary>
    public static TWire[] Handles<TObject, TWire>(IReadOnlyList<TObject>? objects, Func<TObject, TWire> handle) =>
        objects is null ? [] : [.. objects.Select(handle)];
}
