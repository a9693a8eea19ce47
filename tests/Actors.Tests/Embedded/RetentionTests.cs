using System.Diagnostics;
using System.Runtime.CompilerServices;
using Actors.Conformance;
using Xunit;

namespace Actors.Tests;

/// <summary>What an ended actor leaves in memory.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task A_ref_keeps_neither_the_instance_nor_its_messages()
    {
        await using IActorSystem system = ActorSystem.Create();
        (IActorRef<byte[]> actor, WeakReference instance, WeakReference message) = Begin(system);
        await system.StopAsync(actor);

        await AssertCollectedAsync(instance);
        await AssertCollectedAsync(message);
        GC.KeepAlive(actor);
    }

    [Fact]
    public async Task A_parent_forgets_its_ended_children_and_whom_it_watched()
    {
        await using IActorSystem system = ActorSystem.Create();
        IActorRef<Do> parent = system.Spawn("parent", () => new Scripted<Do> { Message = (context, message) => message.Code(context) });
        WeakReference child = await BeginChildAsync(parent);

        // The next message comes after the child's end has been seen.
        await AskAsync(parent, _ => true);
        await AssertCollectedAsync(child);
    }

    [Fact]
    public async Task A_system_that_is_no_longer_used_goes_with_its_deadlines()
    {
        // Away from this method's own state, which would keep the awaited tasks.
        WeakReference system = await Task.Run(static () => new WeakReference(UseSystemAsync().GetAwaiter().GetResult().Target));
        await AssertCollectedAsync(system);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (IActorRef<byte[]> Actor, WeakReference Instance, WeakReference Message) Begin(IActorSystem system)
    {
        var instance = new Scripted<byte[]>();
        byte[] message = new byte[100];
        var holder = new List<Actor<byte[]>> { instance };
        IActorRef<byte[]> actor = system.Spawn("worker", () =>
        {
            Actor<byte[]> made = holder[0];
            holder.Clear();
            return made;
        });
        actor.TryTell(message);
        return (actor, new WeakReference(instance), new WeakReference(message));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> BeginChildAsync(IActorRef<Do> parent)
    {
        IActorRef<Do> child = await AskAsync(parent, context =>
        {
            IActorRef<Do> spawned = context.Spawn("child", () => new Scripted<Do>());
            context.Watch(spawned, Do.Nothing);
            return spawned;
        });
        await child.System.StopAsync(child);
        return new WeakReference(child);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseSystemAsync()
    {
        IActorSystem system = ActorSystem.Create();
        IActorRef<Do> actor = system.Spawn("worker", () => new Scripted<Do> { Message = (context, message) => message.Code(context) });
        await actor.AskAsync<Do, int>(reply => Do.This(_ => reply.TrySetResult(1)), TimeSpan.FromMinutes(10));
        await system.DisposeAsync();
        return new WeakReference(system);
    }

    private static async Task<T> AskAsync<T>(IActorRef<Do> actor, Func<IActorContext<Do>, T> code) =>
        await actor.AskAsync<Do, T>(reply => Do.This(context => reply.TrySetResult(code(context))), TimeSpan.FromSeconds(30));

    // The thread that ran the last turn may still hold it in its frame for a moment, which is long where the thread has to wait for a processor.
    private static async Task AssertCollectedAsync(WeakReference reference)
    {
        long begun = Stopwatch.GetTimestamp();
        while (reference.IsAlive && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(1);
        }

        Assert.False(reference.IsAlive);
    }
}
