using System.CommandLine;
using System.Threading.Channels;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Events;
using Libvirt.Cli.Output;
using Libvirt.Events;

namespace Libvirt.Cli.Commands;

/// <summary>
/// A command that waits for events: for one, or with <c>--loop</c> until the time is over or the user interrupts. A daemon that restarts meanwhile is
/// found again, and the gap is shown.
/// </summary>
internal abstract class EventWaitingCommand : HypervisorCommand
{
    private readonly Argument<string?> _domainArgument = new("DOMAIN")
    {
        Description = "Only events of this domain: a name, an id or a UUID.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _domain = new("--domain") { Description = "The same as the argument.", HelpName = "DOMAIN" };
    private readonly Option<bool> _loop = new("--loop") { Description = "Go on after the first event, until --timeout or an interrupt." };
    private readonly Option<bool> _timestamp = new("--timestamp") { Description = "Print when each event came." };

    protected EventWaitingCommand(string name, string description)
        : base(name, description + " --timeout limits the whole wait.")
    {
        Add(_domainArgument);
        Add(_domain);
        Add(_loop);
        Add(_timestamp);
    }

    /// <summary>The kinds to wait for. What the daemon does not have of several is left out.</summary>
    protected abstract IReadOnlyList<EventKind> Kinds(Invocation invocation);

    protected override async Task RunAsync(Invocation invocation)
    {
        IReadOnlyList<EventKind> kinds = Kinds(invocation);
        if (kinds.Count == 0)
            return;
        bool loop = invocation.Get(_loop);
        Hypervisor hypervisor = await invocation.ConnectAsync(reconnect: loop).ConfigureAwait(false);
        Guid? domain = (invocation.Get(_domainArgument) ?? invocation.Get(_domain)) is { } word
            ? (await DomainLookup.FindAsync(hypervisor, word, invocation.CancellationToken).ConfigureAwait(false)).Uuid
            : null;

        using CancellationTokenSource timeout = new();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, invocation.CancellationToken);
        if (invocation.Timeout is { } limit)
            timeout.CancelAfter(limit);
        using StreamWriter output = new(Console.OpenStandardOutput());
        EventPrinter printer = new(invocation.Format, invocation.Get(_timestamp), output);
        int seen = 0;
        try
        {
            await foreach ((EventKind kind, EventNotice<LibvirtEvent> notice) in FollowAsync(hypervisor, kinds, domain, either.Token).ConfigureAwait(false))
            {
                printer.Print(kind, notice);
                seen += notice.Event is null ? 0 : 1;
                if ((!loop && seen > 0) || StandardOutput.HasLostItsReader)
                    return;
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !invocation.CancellationToken.IsCancellationRequested)
        {
            if (seen == 0)
                throw new NoEventException(invocation.Timeout!.Value);
        }
    }

    private static async IAsyncEnumerable<(EventKind Kind, EventNotice<LibvirtEvent> Notice)> FollowAsync(
        Hypervisor hypervisor,
        IReadOnlyList<EventKind> kinds,
        Guid? domain,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<EventSubscription<LibvirtEvent>> subscriptions = [];
        try
        {
            foreach (EventKind kind in kinds)
            {
                if (await SubscribeAsync(hypervisor, kind, domain, kinds.Count == 1, cancellationToken).ConfigureAwait(false) is { } subscription)
                    subscriptions.Add(subscription);
            }

            Channel<(EventKind, EventNotice<LibvirtEvent>)> merged = Channel.CreateBounded<(EventKind, EventNotice<LibvirtEvent>)>(16);
            Task all = Task.WhenAll(subscriptions.Select(subscription => PassOnAsync(subscription, merged.Writer, cancellationToken)));
            _ = all.ContinueWith(done => merged.Writer.TryComplete(done.Exception?.InnerException), TaskScheduler.Default);
            bool gapShown = false;
            await foreach ((EventKind kind, EventNotice<LibvirtEvent> notice) in merged.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                // Every subscription tells of the same gap; people want to read it once.
                if (notice.Gap is null || !gapShown)
                    yield return (kind, notice);
                gapShown = notice.Gap is not null;
            }
        }
        finally
        {
            foreach (EventSubscription<LibvirtEvent> subscription in subscriptions)
                await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task PassOnAsync(
        EventSubscription<LibvirtEvent> subscription, ChannelWriter<(EventKind, EventNotice<LibvirtEvent>)> writer, CancellationToken cancellationToken)
    {
        await foreach (EventNotice<LibvirtEvent> notice in subscription.WithCancellation(cancellationToken).ConfigureAwait(false))
            await writer.WriteAsync((subscription.Kind, notice), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<EventSubscription<LibvirtEvent>?> SubscribeAsync(
        Hypervisor hypervisor, EventKind kind, Guid? domain, bool isOnlyOne, CancellationToken cancellationToken)
    {
        try
        {
            return await hypervisor.Events.SubscribeAnyAsync(kind, new EventSubscriptionOptions { Domain = domain }, cancellationToken).ConfigureAwait(false);
        }
        catch (LibvirtException refused) when (!isOnlyOne && refused is LibvirtRemoteException or LibvirtEventNotSupportedException)
        {
            return null;
        }
    }
}
