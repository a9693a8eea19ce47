using Libvirt.Protocol;

namespace Libvirt.Messages;

/// <summary>Creates the messages by which actors call procedures.</summary>
public static class CallMessages
{
    /// <summary>A call of this procedure, to be told to the actor of a hypervisor: <c>hypervisor.Tell(RemoteProcedures.DomainGetInfo.Call(args))</c>.</summary>
    /// <param name="procedure">The procedure. One that begins a stream or passes file descriptors cannot be called by message.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">The call's own limits; those of the hypervisor by default.</param>
    /// <param name="correlationId">Returned with the reply; null by default.</param>
    /// <exception cref="ArgumentException">The procedure begins a stream.</exception>
    public static LibvirtCall<TArgs, TRet> Call<TArgs, TRet>(
        this Procedure<TArgs, TRet> procedure, TArgs args, CallOptions options = default, object? correlationId = null)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        ArgumentNullException.ThrowIfNull(procedure);
        ArgumentNullException.ThrowIfNull(args);
        if (Streams.StreamCalls.Begins(procedure))
            throw new ArgumentException($"{procedure.Name} begins a stream, which a message cannot carry: use the Hypervisor object.", nameof(procedure));
        return new LibvirtCall<TArgs, TRet>(procedure, args) { Options = options, CorrelationId = correlationId };
    }

    /// <summary>The same for a procedure without arguments.</summary>
    /// <inheritdoc cref="Call{TArgs, TRet}(Procedure{TArgs, TRet}, TArgs, CallOptions, object?)"/>
    public static LibvirtCall<XdrVoid, TRet> Call<TRet>(this Procedure<XdrVoid, TRet> procedure, CallOptions options = default, object? correlationId = null)
        where TRet : class, IXdrReadable<TRet> =>
        procedure.Call(XdrVoid.Value, options, correlationId);
}
