using System.Runtime.ExceptionServices;
using Libvirt.Protocol;

namespace Libvirt.Messages;

/// <summary>How one call of a <see cref="LibvirtBatch"/> ended: with a result or with an exception.</summary>
/// <param name="Procedure">The procedure that was called.</param>
/// <param name="CorrelationId">What the call carried.</param>
/// <param name="Result">The result, as on the wire; null for a call that failed.</param>
/// <param name="Error">What <c>await</c> would throw; null for a call that succeeded.</param>
public sealed record BatchOutcome(Procedure Procedure, object? CorrelationId, object? Result, Exception? Error)
{
    /// <summary>Whether the call succeeded.</summary>
    public bool Succeeded => Error is null;

    /// <summary>The result of a call that succeeded; throws the exception of one that failed.</summary>
    /// <typeparam name="TRet">The result type of the procedure.</typeparam>
    /// <exception cref="InvalidCastException">The procedure has another result type.</exception>
    public TRet Get<TRet>()
        where TRet : class
    {
        if (Error is not null)
            ExceptionDispatchInfo.Throw(Error);
        return (TRet)Result!;
    }
}
