namespace Libvirt.Protocol.Generator.Model;

/// <summary>An enum of libvirt's C API.</summary>
public sealed record ApiEnum(string Name, bool Flags, IReadOnlyList<ApiEnumMember> Members);

/// <summary>A member of an enum of the C API and the release that brought it.</summary>
public sealed record ApiEnumMember(string Name, long Value, string? Since);

/// <summary>A function of the C API that a procedure serves.</summary>
public sealed record ApiFunction
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The page of libvirt's reference that documents it, such as <c>libvirt-domain</c>; empty when read from the model, whose procedures know it.
    /// </summary>
    public string Page { get; init; } = "";

    /// <summary>The release that brought it.</summary>
    public string? Since { get; init; }

    /// <summary>The C type that it returns.</summary>
    public required string Returns { get; init; }

    /// <summary>Its parameters in order.</summary>
    public required IReadOnlyList<ApiArgument> Arguments { get; init; }
}

/// <summary>A parameter of a C function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its C type.</param>
/// <param name="Enum">The enum that its values are of, or null.</param>
/// <param name="Unused">Whether libvirt reserves it, so that callers pass 0.</param>
public sealed record ApiArgument(string Name, string Type, string? Enum, bool Unused);
