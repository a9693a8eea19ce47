namespace Architecture.Tests;

/// <summary>Which project may reference which, and which packages. References point one way only.</summary>
internal static class ProjectRules
{
    /// <summary>For each project under src: the projects that it may reference itself, and the packages; null for any package.</summary>
    public static IReadOnlyDictionary<string, ProjectRule> Allowed { get; } = new Dictionary<string, ProjectRule>
    {
        ["Libvirt.Protocol"] = new([], []),
        ["Libvirt.Protocol.Generator"] = new([], null),
        ["Libvirt.Actors"] = new(["Libvirt.Protocol"], ["Akka", "Akka.Streams", "Microsoft.Extensions.Logging.Abstractions"]),
        ["Libvirt.Simulator"] = new(["Libvirt.Protocol"], ["Microsoft.Extensions.Logging.Abstractions"]),
        ["Libvirt.TestKit"] = new(["Libvirt.Actors", "Libvirt.Simulator"], ["Akka.TestKit"]),
        ["Libvirt.Hosting"] = new(["Libvirt.Actors"], null),
        // A command is no host: it opens the runtime itself, and takes from Libvirt.Hosting how configuration is read. It also serves the simulator.
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
}
