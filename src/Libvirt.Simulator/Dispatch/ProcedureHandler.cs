using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>Serves one procedure. <see cref="ProcedureTable"/> finds it by program and number.</summary>
internal abstract class ProcedureHandler
{
    /// <summary>The procedure it serves.</summary>
    public required Procedure Procedure { get; init; }

    /// <summary>Whether the call makes sense before a driver is open.</summary>
    public bool ServesUnopened { get; init; }

    /// <summary>Reads the arguments. Bytes beyond them are let pass, as libvirtd does.</summary>
    /// <exception cref="ProtocolException">The payload is no such message.</exception>
    public abstract object Decode(in ReadOnlySequence<byte> payload);

    /// <summary>Does what is asked and returns the result.</summary>
    /// <exception cref="SimulatedFailureException">It is refused.</exception>
    public abstract IXdrWritable Invoke(CallContext context, object arguments);
}

/// <summary>A handler with its types.</summary>
internal sealed class ProcedureHandler<TArgs, TRet> : ProcedureHandler
    where TArgs : class, IXdrWritable, IXdrReadable<TArgs>
    where TRet : class, IXdrWritable, IXdrReadable<TRet>
{
    private readonly Func<CallContext, TArgs, TRet> _serve;

    public ProcedureHandler(Func<CallContext, TArgs, TRet> serve) => _serve = serve;

    /// <summary>Makes what a lax client sends what the protocol asks for; null where none is known to need it.</summary>
    public Func<ReadOnlySequence<byte>, ReadOnlySequence<byte>>? Normalize { get; init; }

    public override object Decode(in ReadOnlySequence<byte> payload)
    {
        XdrReader reader = new(Normalize is null ? payload : Normalize(payload));
        return TArgs.Read(ref reader);
    }

    public override IXdrWritable Invoke(CallContext context, object arguments) => _serve(context, (TArgs)arguments);
}
