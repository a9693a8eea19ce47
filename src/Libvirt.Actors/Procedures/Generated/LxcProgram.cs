namespace Libvirt;

/// <summary>The procedures of the lxc program.</summary>
public sealed class LxcProgram
{
    internal LxcProgram(ICallInvoker calls) => Calls = calls;

    internal ICallInvoker Calls { get; }
}
