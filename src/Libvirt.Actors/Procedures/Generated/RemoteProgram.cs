namespace Libvirt;

/// <summary>The procedures of the remote program.</summary>
public sealed class RemoteProgram
{
    internal RemoteProgram(ICallInvoker calls) => Calls = calls;

    internal ICallInvoker Calls { get; }
}
