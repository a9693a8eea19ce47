using System.Collections.Concurrent;
using System.Diagnostics;

namespace Libvirt.Testing;

/// <summary>
/// Starts processes from one thread that lives as long as this process does. A child that asks to die with its parent
/// is killed when the thread that started it ends, and threads of the pool end when they are idle.
/// </summary>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<Request> Requests = StartThread();

    /// <summary>Starts a process as <see cref="Process.Start(ProcessStartInfo)"/> does.</summary>
    public static Process Start(ProcessStartInfo info)
    {
        Request request = new(info);
        Requests.Add(request);
        return request.Started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Request> StartThread()
    {
        BlockingCollection<Request> requests = [];
        Thread thread = new(() => Serve(requests)) { IsBackground = true, Name = "process starter" };
        thread.Start();
        return requests;
    }

    private static void Serve(BlockingCollection<Request> requests)
    {
        foreach (Request request in requests.GetConsumingEnumerable())
        {
            try
            {
                request.Started.SetResult(Process.Start(request.Info) ?? throw new InvalidOperationException($"{request.Info.FileName} did not start"));
            }
            catch (Exception e)
            {
                request.Started.SetException(e);
            }
        }
    }

    private sealed record Request(ProcessStartInfo Info)
    {
        public TaskCompletionSource<Process> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
