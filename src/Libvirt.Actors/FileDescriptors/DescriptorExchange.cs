using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.FileDescriptors;

/// <summary>The descriptors of one call: those that go with it, and those that come with its reply.</summary>
/// <param name="outgoing">What goes. The caller keeps them, and may close them when the call has ended.</param>
internal sealed class DescriptorExchange(IReadOnlyList<SafeHandle> outgoing)
{
    private readonly Lock _gate = new();
    private Task<SafeFileHandle[]>? _incoming;
    private bool _abandoned;

    public IReadOnlyList<SafeHandle> Outgoing => outgoing;

    /// <summary>What came with the reply; nothing where the reply brought none. The taker owns them.</summary>
    public Task<SafeFileHandle[]> Incoming => _incoming ?? Task.FromResult<SafeFileHandle[]>([]);

    /// <summary>The reply is there and its descriptors come. Before the call is completed.</summary>
    public void Deliver(Task<SafeFileHandle[]> incoming)
    {
        lock (_gate)
        {
            _incoming = incoming;
            if (!_abandoned)
                return;
        }

        CloseWhenCome(incoming);
    }

    /// <summary>Nobody will take what comes.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            if (_abandoned)
                return;
            _abandoned = true;
        }

        if (_incoming is { } incoming)
            CloseWhenCome(incoming);
    }

    /// <summary>Closes descriptors that nobody wants, now or when they come.</summary>
    public static void CloseWhenCome(Task<SafeFileHandle[]> incoming) => _ = incoming.ContinueWith(
        static come =>
        {
            if (!come.IsCompletedSuccessfully)
            {
                _ = come.Exception;
                return;
            }

            foreach (SafeFileHandle descriptor in come.Result)
                descriptor.Dispose();
        },
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
