using Libvirt.Events;
using Libvirt.Protocol;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Events;

/// <summary>What scenarios of events have in common.</summary>
internal static class EventScenario
{
    public static RemoteDomain Domain(int number) => new($"vm{number}", new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), number);

    /// <summary>The daemon is asked for lifecycle events and gives <paramref name="callbackId"/>.</summary>
    public static async Task RegisterAsync(this ScriptedDaemon daemon, int callbackId, bool asksForFeature = true, int eventId = 0)
    {
        if (asksForFeature)
            await daemon.AnswerFeatureAsync(true);
        SentFrame call = await daemon.ExpectCallAsync(RemoteProcedures.ConnectDomainEventCallbackRegisterAny);
        Assert.Equal(eventId, call.Read<ConnectDomainEventCallbackRegisterAnyArgs>().EventId);
        await daemon.ReplyAsync(call, new ConnectDomainEventCallbackRegisterAnyRet { CallbackId = callbackId });
    }

    public static async Task AnswerFeatureAsync(this ScriptedDaemon daemon, bool supported)
    {
        SentFrame feature = await daemon.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature);
        await daemon.ReplyAsync(feature, new ConnectSupportsFeatureRet { Supported = supported ? 1 : 0 });
    }

    public static Task SendLifecycleAsync(this ScriptedDaemon daemon, int callbackId, RemoteDomain domain, DomainEventType type) =>
        daemon.SendAsync(Event(RemoteEvents.DomainEventCallbackLifecycle), new DomainEventCallbackLifecycleMsg
        {
            CallbackId = callbackId,
            Msg = new DomainEventLifecycleMsg { Dom = domain, Event = (int)type, Detail = 0 },
        });

    /// <summary>The header of an event: serial 1, whatever calls there are.</summary>
    public static MessageHeader Event(ProgramEvent descriptor) =>
        new(descriptor.Program, descriptor.Version, descriptor.Number, MessageType.Message, 1, MessageStatus.Ok);

    /// <summary>The next notice.</summary>
    public static async Task<EventNotice<TEvent>> NextAsync<TEvent>(this IAsyncEnumerator<EventNotice<TEvent>> notices)
        where TEvent : LibvirtEvent
    {
        Assert.True(await notices.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)), "The subscription ended.");
        return notices.Current;
    }

    /// <summary>Loses the connection and plays the next one up to the point where its events are registered.</summary>
    public static async Task<ScriptedDaemon> LoseAsync(this ConnectedScenario scenario, ScriptedHost host, ScriptedDaemon daemon)
    {
        daemon.Close();
        await scenario.ReachAsync<HypervisorState.Backoff>();
        await scenario.Kit.AdvanceAsync(TimeSpan.FromSeconds(1));
        ScriptedDaemon next = await host.NextAttemptAsync();
        await next.PlayHandshakeAsync();
        return next;
    }
}
