using System.Buffers;

namespace Libvirt.Simulator;

/// <summary>Where the handler classes enter what they serve.</summary>
internal sealed class ProcedureTableBuilder
{
    public Dictionary<(uint Program, int Number), ProcedureHandler> Handlers { get; } = [];

    /// <summary>Enters a procedure; it is refused while no driver is open.</summary>
    public void Serve<TArgs, TRet>(Procedure<TArgs, TRet> procedure, Func<CallContext, TArgs, TRet> serve)
        where TArgs : class, IXdrWritable, IXdrReadable<TArgs>
        where TRet : class, IXdrWritable, IXdrReadable<TRet> =>
        Handlers.Add((procedure.Program, procedure.Number), new ProcedureHandler<TArgs, TRet>(serve) { Procedure = procedure });

    /// <summary>Enters a procedure without a result.</summary>
    public void Serve<TArgs>(Procedure<TArgs, XdrVoid> procedure, Action<CallContext, TArgs> serve)
        where TArgs : class, IXdrWritable, IXdrReadable<TArgs> =>
        Serve(procedure, (context, arguments) =>
        {
            serve(context, arguments);
            return XdrVoid.Value;
        });

    /// <summary>Enters a procedure that makes sense before a driver is open.</summary>
    public void ServeUnopened<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure,
        Func<CallContext, TArgs, TRet> serve,
        Func<ReadOnlySequence<byte>, ReadOnlySequence<byte>>? normalize = null)
        where TArgs : class, IXdrWritable, IXdrReadable<TArgs>
        where TRet : class, IXdrWritable, IXdrReadable<TRet> =>
        Handlers.Add(
            (procedure.Program, procedure.Number),
            new ProcedureHandler<TArgs, TRet>(serve) { Procedure = procedure, ServesUnopened = true, Normalize = normalize });
}
