using System.Runtime.CompilerServices;
using Libvirt.Protocol;

namespace Libvirt;

/// <summary>Turns replies into what the generated methods return.</summary>
internal static class CallReplies
{
    /// <summary>Awaits a call whose procedure has no result.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask DiscardAsync(ValueTask<XdrVoid> call) => await call.ConfigureAwait(false);
}
