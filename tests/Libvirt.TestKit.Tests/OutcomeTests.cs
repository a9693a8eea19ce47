using System.Globalization;
using Akka.Actor;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Simulator;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.TestKit.Tests;

/// <summary>
/// Every call ends exactly once, whatever happens to its connection. <c>LIBVIRT_ACTORS_CALLS=1000000</c> makes a million calls instead of a hundred thousand.
/// </summary>
public sealed class OutcomeTests
{
    private const int AsyncCallers = 24;
    private const int Actors = 24;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static int Calls => int.Parse(Environment.GetEnvironmentVariable("LIBVIRT_ACTORS_CALLS") ?? "100000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Each_call_of_either_kind_has_exactly_one_outcome_while_connections_are_killed()
    {
        await using HypervisorSimulator simulator = new();
        SimulatedHost host = simulator.AddHost("hv1");
        string socket = Scratch.NewPath("sock");
        simulator.ListenUnix(socket);
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        HypervisorOptions options = new()
        {
            ReconnectBackoff = new BackoffPolicy { Min = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(20) },
            RetryReads = false,
        };
        await using Hypervisor hypervisor = await runtime.ConnectAsync($"qemu+unix:///system?socket={socket}", options);
        IActorRef target = await hypervisor.Actor;
        Ledger ledger = new(Calls);

        using CancellationTokenSource over = new();
        Task killing = KillAsync(host, over.Token);
        TaskCompletionSource[] ended = [.. Enumerable.Range(0, Actors).Select(static _ => new TaskCompletionSource())];
        foreach (TaskCompletionSource end in ended)
            runtime.System.ActorOf(Props.Create(() => new Requester(target, ledger, end)));
        Task[] callers = [.. Enumerable.Range(0, AsyncCallers).Select(_ => Task.Run(() => CallAsync(hypervisor, ledger)))];
        await Task.WhenAll([.. callers, .. ended.Select(static end => end.Task)]).WaitAsync(Limit, TestContext.Current.CancellationToken);
        await over.CancelAsync();
        await killing;

        Assert.Equal(Calls, ledger.Count(1));
        Assert.True(ledger.Failed > 0, "No connection was killed while calls were in flight.");
        Assert.True(ledger.Answered > Calls / 2, $"Only {ledger.Answered} calls were answered.");
        await Eventually.IsTrueAsync(() => !ActorTree.Below(runtime.System).Any(static actor => actor.Path.Name.StartsWith("call-", StringComparison.Ordinal)));
    }

    private static async Task KillAsync(SimulatedHost host, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            host.DropClients();
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private static async Task CallAsync(Hypervisor hypervisor, Ledger ledger)
    {
        while (ledger.TryBegin(out int call))
        {
            try
            {
                await hypervisor.Remote.ConnectGetLibVersionAsync();
                ledger.End(call, isAnswered: true);
            }
            catch (LibvirtException)
            {
                ledger.End(call, isAnswered: false);
            }
        }
    }

    /// <summary>Makes one call after the other by message, and would count an outcome that comes twice.</summary>
    private sealed class Requester : ReceiveActor
    {
        private readonly IActorRef _hypervisor;
        private readonly Ledger _ledger;
        private readonly TaskCompletionSource _ended;

        public Requester(IActorRef hypervisor, Ledger ledger, TaskCompletionSource ended)
        {
            _hypervisor = hypervisor;
            _ledger = ledger;
            _ended = ended;
            Receive<CallReply<ConnectGetLibVersionRet>>(reply => Next((int)reply.CorrelationId!, isAnswered: true));
            Receive<Status.Failure>(failure => Next((int)failure.State, isAnswered: false));
        }

        protected override void PreStart() => Begin();

        private void Next(int call, bool isAnswered)
        {
            _ledger.End(call, isAnswered);
            Begin();
        }

        private void Begin()
        {
            if (_ledger.TryBegin(out int call))
                _hypervisor.Tell(RemoteProcedures.ConnectGetLibVersion.Call(XdrVoid.Value, correlationId: call));
            else
                _ended.TrySetResult();
        }
    }

    /// <summary>How many outcomes each call had.</summary>
    private sealed class Ledger(int calls)
    {
        private readonly int[] _outcomes = new int[calls];
        private int _begun;
        private int _answered;
        private int _failed;

        public int Answered => Volatile.Read(ref _answered);

        public int Failed => Volatile.Read(ref _failed);

        public bool TryBegin(out int call)
        {
            call = Interlocked.Increment(ref _begun) - 1;
            return call < calls;
        }

        public void End(int call, bool isAnswered)
        {
            Interlocked.Increment(ref _outcomes[call]);
            Interlocked.Increment(ref isAnswered ? ref _answered : ref _failed);
        }

        /// <summary>How many calls had so many outcomes.</summary>
        public int Count(int outcomes) => _outcomes.Count(one => one == outcomes);
    }
}
