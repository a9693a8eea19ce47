namespace Libvirt.Protocol.Generator.Commands;

/// <summary>Where the generator reads and writes in a checkout.</summary>
/// <param name="Root">The folder that holds <c>Actors.sln</c>.</param>
internal sealed record Repository(string Root)
{
    public string Model => Path.Combine(Root, "src", "Libvirt.Protocol.Generator", "Model");

    /// <summary>The checkout around <paramref name="start"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static Repository Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
                return new Repository(folder.FullName);
        }

        throw new DirectoryNotFoundException($"No checkout of this project around {start}: say where it is with --root.");
    }
}
