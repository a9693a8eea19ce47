namespace Libvirt.Protocol.Generator.Model;

/// <summary>A program: a numbered set of procedures.</summary>
public sealed record ModelProgram(string Name, uint Number, uint Version, IReadOnlyList<ModelProcedure> Procedures);

/// <summary>What is known of one procedure.</summary>
public sealed record ModelProcedure
{
    /// <summary>Its number in the program.</summary>
    public required int Number { get; init; }

    /// <summary>Its name, such as <c>REMOTE_PROC_DOMAIN_GET_INFO</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The struct of its arguments, or null.</summary>
    public string? Args { get; init; }

    /// <summary>The struct of its result, or null.</summary>
    public string? Ret { get; init; }

    /// <summary>The struct of the event it sends, or null for a call.</summary>
    public string? Msg { get; init; }

    /// <summary>The C function that it serves, or null for a step that has none.</summary>
    public string? Function { get; init; }

    /// <summary>The page of libvirt's reference that documents the function, such as <c>libvirt-domain</c>, or null.</summary>
    public string? Page { get; init; }

    /// <summary>The address of the function's public documentation, or null.</summary>
    public string? Address => Function is null ? null : $"https://libvirt.org/html/libvirt-{Page}.html#{Function}";

    /// <summary>The release that brought it, or null.</summary>
    public string? Since { get; init; }

    /// <summary>Whether the daemon's priority workers may serve it.</summary>
    public bool HighPriority { get; init; }

    /// <summary>The stream that its reply begins: <c>read</c>, <c>write</c>, <c>both</c>, or null.</summary>
    public string? Stream { get; init; }

    /// <summary>The flag that lets the stream carry holes, or null.</summary>
    public string? Sparse { get; init; }

    /// <summary>The file descriptors that travel with it: <c>send</c>, <c>receive</c>, or null.</summary>
    public string? Descriptors { get; init; }

    /// <summary>The permissions that the daemon asks for, as <c>object:permission[:condition]</c>.</summary>
    public IReadOnlyList<string> Acl { get; init; } = [];

    /// <summary>The permissions that decide which elements of a list the caller sees.</summary>
    public IReadOnlyList<string> AclFilter { get; init; } = [];

    /// <summary>Whether it only reads, so that a repeated call does no harm.</summary>
    public bool Reading { get; init; }
}
