namespace Libvirt.Protocol;

/// <summary>What is known of one remote procedure, without its types.</summary>
public abstract class Procedure
{
    private protected Procedure(uint program, uint version, int number, string name, ProcedureTraits traits, string? since)
    {
        Program = program;
        Version = version;
        Number = number;
        Name = name;
        Traits = traits;
        Since = since;
    }

    /// <summary>The program's number, as in <c>REMOTE_PROGRAM</c>.</summary>
    public uint Program { get; }

    /// <summary>The program's version: 1 for all that exist.</summary>
    public uint Version { get; }

    /// <summary>The procedure's number within its program.</summary>
    public int Number { get; }

    /// <summary>libvirt's name in the program's <c>.x</c> file, such as <c>REMOTE_PROC_DOMAIN_GET_INFO</c>.</summary>
    public string Name { get; }

    /// <summary>How the procedure behaves on the wire and what it does to the daemon.</summary>
    public ProcedureTraits Traits { get; }

    /// <summary>The libvirt release that brought it, such as <c>0.9.10</c>; null where libvirt does not say.</summary>
    public string? Since { get; }

    /// <summary>Whether the protocol's access rules ask for reading permissions only, so that a repeated call does no harm.</summary>
    public bool IsReading => (Traits & ProcedureTraits.Reading) != 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A remote procedure with its argument and result types.</summary>
/// <typeparam name="TArgs">The arguments; <see cref="XdrVoid"/> when there are none.</typeparam>
/// <typeparam name="TRet">The result; <see cref="XdrVoid"/> when there is none.</typeparam>
public sealed class Procedure<TArgs, TRet> : Procedure
    where TArgs : class, IXdrWritable
    where TRet : class, IXdrReadable<TRet>
{
    /// <summary>Describes a procedure. Generated code calls it; so may a test that invents one.</summary>
    public Procedure(uint program, uint version, int number, string name, ProcedureTraits traits = ProcedureTraits.None, string? since = null)
        : base(program, version, number, name, traits, since)
    {
    }
}
