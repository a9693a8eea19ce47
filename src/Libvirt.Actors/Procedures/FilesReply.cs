using Microsoft.Win32.SafeHandles;

namespace Libvirt;

/// <summary>The answer to a call that passes open files.</summary>
/// <typeparam name="TRet">The result.</typeparam>
/// <param name="Result">The result, as on the wire.</param>
/// <param name="Files">The files that came with the reply, none where none belong to it. The caller owns them.</param>
public readonly record struct FilesReply<TRet>(TRet Result, IReadOnlyList<SafeFileHandle> Files);
