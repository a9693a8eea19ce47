using System.Collections.Immutable;

namespace ControlPlane.Views;

/// <summary>Everything that the screen shows, as the control plane's actor knows it at one moment. Immutable.</summary>
internal sealed record BoardView
{
    private const int MostHappenings = 50;

    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.Now;

    public ImmutableList<HostView> Hosts { get; init; } = [];

    /// <summary>How many events have come from the hypervisors.</summary>
    public int Events => Hosts.Sum(host => host.Events);

    /// <summary>How often a connection was lost and made again.</summary>
    public int Reconnects => Hosts.Sum(host => Math.Max(0, host.Connections - 1));

    /// <summary>The guest whose console is open.</summary>
    public string ConsoleOf { get; init; } = "";

    /// <summary>What the console has shown lately.</summary>
    public string ConsoleText { get; init; } = "";

    /// <summary>What is being transferred, and how much of it is done, 0 to 1.</summary>
    public TransferView? Transfer { get; init; }

    /// <summary>The latest happenings, the newest first.</summary>
    public ImmutableList<Happening> Latest { get; init; } = [];

    public BoardView With(HostView host)
    {
        int index = Hosts.FindIndex(known => known.Name == host.Name);
        return this with { Hosts = index < 0 ? Hosts.Add(host) : Hosts.SetItem(index, host) };
    }

    public BoardView With(Happening happening) =>
        this with { Latest = (Latest.Count < MostHappenings ? Latest : Latest.RemoveAt(Latest.Count - 1)).Insert(0, happening) };
}

/// <summary>A transfer.</summary>
/// <param name="What">The volume.</param>
/// <param name="Done">The part that is done, 0 to 1.</param>
/// <param name="Text">The same for people.</param>
internal sealed record TransferView(string What, double Done, string Text);
