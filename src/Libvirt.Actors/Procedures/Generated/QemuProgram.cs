namespace Libvirt;

/// <summary>The procedures of the qemu program.</summary>
public sealed class QemuProgram
{
    internal QemuProgram(ICallInvoker calls) => Calls = calls;

    internal ICallInvoker Calls { get; }
}
