using Libvirt.Protocol;

namespace Libvirt;

/// <summary>Carries out remote procedures: what the generated programs and objects stand on.</summary>
public interface ICallInvoker
{
    /// <summary>Sends a call and awaits its reply.</summary>
    /// <param name="procedure">Which procedure.</param>
    /// <param name="args">Its arguments. Read once, before the call leaves; do not change them until the call ends.</param>
    /// <param name="options">The call's own limits.</param>
    /// <param name="cancellationToken">Gives up the waiting. The daemon is not told and may still carry the call out.</param>
    /// <exception cref="LibvirtException">The call failed; its subclasses say how.</exception>
    /// <exception cref="ArgumentException">An argument cannot be encoded. Nothing was sent.</exception>
    ValueTask<TRet> CallAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, CallOptions options = default, CancellationToken cancellationToken = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>;
}
