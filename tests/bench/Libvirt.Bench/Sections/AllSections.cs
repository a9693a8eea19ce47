namespace Libvirt.Bench.Sections;

internal static class AllSections
{
    /// <summary>The words by which the command line selects them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Make().Select(section => section.Name)];

    /// <summary>One of each, in the order in which they run.</summary>
    public static IEnumerable<ISection> Make() =>
        [new CallsSection(), new TransfersSection(), new FleetSection(), new EventsSection(), new IdleSection(), new StartupSection()];
}
