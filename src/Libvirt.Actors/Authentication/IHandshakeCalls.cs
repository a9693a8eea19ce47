using Libvirt.Protocol;

namespace Libvirt.Authentication;

/// <summary>Carries out the calls of a handshake, within its time.</summary>
internal interface IHandshakeCalls
{
    ValueTask<TRet> CallAsync<TArgs, TRet>(Procedure<TArgs, TRet> procedure, TArgs args)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>;

    /// <summary>Gives the calls that follow the whole time again: what lies behind may have waited for a person.</summary>
    void RestartTimeout();
}
