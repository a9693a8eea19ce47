namespace Libvirt.Protocol.Schema;

/// <summary>What is known of one procedure, as data.</summary>
public sealed class ProcedureSchema
{
    private const ProcedureTraits MoreThanACall =
        ProcedureTraits.ReadStream | ProcedureTraits.WriteStream | ProcedureTraits.SendsDescriptors | ProcedureTraits.ReceivesDescriptors;

    internal ProcedureSchema(ProgramSchema program)
    {
        Program = program;
    }

    /// <summary>The program it belongs to.</summary>
    public ProgramSchema Program { get; }

    /// <summary>Its number in the program.</summary>
    public required int Number { get; init; }

    /// <summary>libvirt's name, such as <c>REMOTE_PROC_DOMAIN_GET_INFO</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name without its prefix, in small letters, such as <c>domain_get_info</c>.</summary>
    public string ShortName => Name[(Program.Name.Length + "_PROC_".Length)..].ToLowerInvariant();

    /// <summary>The C function that it serves, such as <c>virDomainGetInfo</c>; null for a step that has none.</summary>
    public required string? Function { get; init; }

    /// <summary>Where the C function is documented; null when there is none.</summary>
    public required Uri? Documentation { get; init; }

    /// <summary>The libvirt release that brought it; null where libvirt does not say.</summary>
    public required string? Since { get; init; }

    /// <summary>How it behaves on the wire.</summary>
    public required ProcedureTraits Traits { get; init; }

    /// <summary>The arguments; null when it has none.</summary>
    public required StructSchema? Arguments { get; init; }

    /// <summary>The result; null when it has none.</summary>
    public required StructSchema? Result { get; init; }

    /// <summary>What an event carries; null for a call.</summary>
    public required StructSchema? Message { get; init; }

    /// <summary>Whether the daemon sends it unasked: it cannot be called.</summary>
    public bool IsEvent => Message is not null;

    /// <summary>Whether it is more than a question and an answer: it begins a stream or passes file descriptors.</summary>
    public bool NeedsMoreThanACall => (Traits & MoreThanACall) != 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
