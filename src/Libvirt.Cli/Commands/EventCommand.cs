using System.CommandLine;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;
using Libvirt.Events;

namespace Libvirt.Cli.Commands;

/// <summary><c>event</c>: waits for events of domains.</summary>
internal sealed class EventCommand : EventWaitingCommand
{
    private readonly Option<string?> _event = new("--event") { Description = "Which kind to wait for; --list shows them.", HelpName = "KIND" };
    private readonly Option<bool> _all = new("--all") { Description = "Wait for every kind that the daemon has." };
    private readonly Option<bool> _list = new("--list") { Description = "Print the kinds of events and end." };

    public EventCommand()
        : base("event", "Wait for events of domains and print them.")
    {
        Add(_event);
        Add(_all);
        Add(_list);
    }

    protected override IReadOnlyList<EventKind> Kinds(Invocation invocation)
    {
        if (invocation.Get(_list))
        {
            invocation.Output.Lines([.. DomainEvents.All.Select(kind => new[] { Field.Of("event", "Event", kind.Name) })]);
            return [];
        }

        if (invocation.Get(_all))
            return DomainEvents.All;
        string name = invocation.Get(_event) ?? throw new UsageException("say which events to wait for: --event KIND or --all; --list shows the kinds.");
        EventKind? kind = DomainEvents.All.FirstOrDefault(kind => kind.Name == name);
        return kind is not null ? [kind] : throw new UsageException($"there are no '{name}' events; --list shows the kinds.");
    }
}
