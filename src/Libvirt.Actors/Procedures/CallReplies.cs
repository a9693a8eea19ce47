using System.Runtime.CompilerServices;
using Libvirt.Protocol;
using Libvirt.Streams;
using Microsoft.Win32.SafeHandles;

namespace Libvirt;

/// <summary>Turns replies into what the generated methods return.</summary>
internal static class CallReplies
{
    /// <summary>Awaits a call whose procedure has no result.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask DiscardAsync(ValueTask<XdrVoid> call) => await call.ConfigureAwait(false);

    /// <summary>Awaits a call that sent files, whose procedure has no result.</summary>
    public static async ValueTask DiscardAsync(ValueTask<FilesReply<XdrVoid>> call) => await call.ConfigureAwait(false);

    /// <summary>Awaits a call that sent files.</summary>
    public static async ValueTask<TRet> ResultAsync<TRet>(ValueTask<FilesReply<TRet>> call) => (await call.ConfigureAwait(false)).Result;

    /// <summary>Awaits a call whose result is the files that come.</summary>
    public static async ValueTask<IReadOnlyList<SafeFileHandle>> FilesAsync(ValueTask<FilesReply<XdrVoid>> call) =>
        (await call.ConfigureAwait(false)).Files;

    /// <summary>Awaits a call whose result is its stream.</summary>
    public static async ValueTask<LibvirtStream> StreamAsync(ValueTask<StreamReply<XdrVoid>> call) => (await call.ConfigureAwait(false)).Stream;
}
