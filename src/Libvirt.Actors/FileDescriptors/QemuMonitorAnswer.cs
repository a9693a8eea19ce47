using Microsoft.Win32.SafeHandles;

namespace Libvirt;

/// <summary>What a QEMU monitor answered to a command with files.</summary>
/// <param name="Result">The answer as JSON.</param>
/// <param name="Files">The files that came with it, mostly none. The caller owns them.</param>
public readonly record struct QemuMonitorAnswer(string Result, IReadOnlyList<SafeFileHandle> Files);
