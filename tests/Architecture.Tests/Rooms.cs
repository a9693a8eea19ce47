namespace Architecture.Tests;

/// <summary>The rooms of the house and the doors between them, which all open one way.</summary>
internal static class Rooms
{
    /// <summary>For each project under src: the projects it may reference itself, and the packages.</summary>
    public static IReadOnlyDictionary<string, Doors> Allowed { get; } = new Dictionary<string, Doors>
    {
        ["Actors"] = new([], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Actors.TestKit"] = new(["Actors"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Libvirt.Protocol"] = new([], []),
        ["Libvirt.Protocol.Generator"] = new([], null),
        ["Libvirt.Actors"] = new(["Actors", "Libvirt.Protocol"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Libvirt.Simulator"] = new(["Libvirt.Protocol"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Libvirt.TestKit"] = new(["Actors.TestKit", "Libvirt.Actors", "Libvirt.Simulator"], []),
        ["Libvirt.Hosting"] = new(["Libvirt.Actors"], null),
        // A command is no host: it opens the runtime itself, and takes from there how configuration is read. It serves the simulator too, for those who have no daemon.
        ["Libvirt.Cli"] = new(["Libvirt.Hosting", "Libvirt.Actors", "Libvirt.Simulator"], null),
    };

    /// <summary>All projects that <paramref name="project"/> may know, directly or through others.</summary>
    public static IReadOnlySet<string> Reachable(string project)
    {
        HashSet<string> reached = [];
        Visit(project);
        return reached;

        void Visit(string name)
        {
            foreach (string next in Allowed[name].Projects.Where(reached.Add))
                Visit(next);
        }
    }

    /// <param name="Projects">Projects that may be referenced.</param>
    /// <param name="Packages">Packages that may be referenced; null where the room is free to choose.</param>
    internal sealed record Doors(IReadOnlyList<string> Projects, IReadOnlyList<string>? Packages);
}
