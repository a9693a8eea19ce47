using System.Diagnostics;
using Akka.Actor;
using Libvirt.Bench.Measuring;
using Libvirt.Messages;
using Libvirt.Protocol.Remote;

namespace Libvirt.Bench.Work;

/// <summary>Actors that call one hypervisor by message, one call after the other, as the actors of a control plane do.</summary>
internal static class ActorCallWork
{
    private const string InlineDispatcher = "libvirt.inline-dispatcher";

    public static async Task<Sample> RunAsync(string socket, string mode, int callers, TimeSpan warmup, TimeSpan length)
    {
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync($"test+unix:///default?socket={socket}");
        Domain domain = await hypervisor.LookupDomainByNameAsync("test");
        Func<LibvirtCall> call = mode switch
        {
            "version" => static () => RemoteProcedures.ConnectGetLibVersion.Call(),
            "info" => () => RemoteProcedures.DomainGetInfo.Call(new DomainGetInfoArgs { Dom = domain.Handle }),
            "list" => static () => RemoteProcedures.ConnectListAllDomains.Call(new ConnectListAllDomainsArgs { NeedResults = 1, Flags = 0 }),
            "xml" => () => RemoteProcedures.DomainGetXmlDesc.Call(new DomainGetXmlDescArgs { Dom = domain.Handle, Flags = 0 }),
            _ => throw new ArgumentException($"no such call: {mode}", nameof(mode)),
        };

        IActorRef target = await hypervisor.Actor;
        Phase phase = new();
        TaskCompletionSource<LatencyHistogram>[] ended = [.. Enumerable.Range(0, callers).Select(_ => new TaskCompletionSource<LatencyHistogram>())];
        foreach (TaskCompletionSource<LatencyHistogram> end in ended)
            runtime.System.ActorOf(Props.Create(() => new CallingActor(target, call, phase, end)).WithDispatcher(InlineDispatcher)).Tell(CallingActor.Begin);
        Task[] running = [.. ended.Select(static end => end.Task)];
        await WarmUp.WaitAsync(warmup, running);
        Meter meter = new();
        phase.IsRecording = true;
        await Task.WhenAny([Task.Delay(length), .. running]);
        phase.IsRecording = false;
        Sample sample = meter.Read();
        phase.IsOver = true;

        LatencyHistogram latencies = new();
        foreach (TaskCompletionSource<LatencyHistogram> end in ended)
            latencies.Merge(await end.Task);
        return sample with { Count = latencies.Total, P50Microseconds = latencies.Percentile(0.50), P99Microseconds = latencies.Percentile(0.99) };
    }

    private sealed class CallingActor(IActorRef hypervisor, Func<LibvirtCall> call, Phase phase, TaskCompletionSource<LatencyHistogram> ended) : UntypedActor
    {
        public static readonly object Begin = new();

        private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

        private readonly LatencyHistogram _latencies = new();
        private long _before;

        protected override void OnReceive(object message)
        {
            if (message is Status.Failure failure)
            {
                ended.TrySetException(failure.Cause);
                return;
            }

            long now = Stopwatch.GetTimestamp();
            if (message != Begin && phase.IsRecording)
                _latencies.Record((long)((now - _before) * NanosecondsPerTick));
            if (phase.IsOver)
            {
                ended.TrySetResult(_latencies);
                return;
            }

            _before = Stopwatch.GetTimestamp();
            hypervisor.Tell(call(), Self);
        }
    }
}
