namespace Libvirt.Protocol.Schema;

/// <summary>A case of a union.</summary>
/// <param name="Name">Its short name in JSON, such as <c>ullong</c>.</param>
/// <param name="Constant">libvirt's constant, such as <c>VIR_TYPED_PARAM_ULLONG</c>.</param>
/// <param name="Number">The constant's value.</param>
/// <param name="Field">What the case holds.</param>
public sealed record UnionCase(string Name, string Constant, int Number, FieldSchema Field);
