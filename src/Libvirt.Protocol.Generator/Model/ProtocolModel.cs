namespace Libvirt.Protocol.Generator.Model;

/// <summary>All that the generator knows of libvirt's protocol and API.</summary>
public sealed class ProtocolModel
{
    /// <summary>The libvirt release that the model stands for.</summary>
    public required string Release { get; init; }

    /// <summary>Constants of the protocol in their order.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Constants { get; init; }

    /// <summary>Defined types in their order.</summary>
    public required IReadOnlyList<ModelType> Types { get; init; }

    /// <summary>Programs with their procedures.</summary>
    public required IReadOnlyList<ModelProgram> Programs { get; init; }

    /// <summary>The C API's enums in their order.</summary>
    public required IReadOnlyList<ApiEnum> Enums { get; init; }

    /// <summary>The C functions that procedures serve, by name.</summary>
    public required IReadOnlyList<ApiFunction> Functions { get; init; }
}
