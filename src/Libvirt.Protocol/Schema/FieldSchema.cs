namespace Libvirt.Protocol.Schema;

/// <summary>A field of a struct.</summary>
/// <param name="Name">Its name in the <c>.x</c> file, which is also its name in JSON.</param>
/// <param name="Type">Its type.</param>
public sealed record FieldSchema(string Name, SchemaType Type);
