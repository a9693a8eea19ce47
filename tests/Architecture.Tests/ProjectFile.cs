using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>What a csproj says.</summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="File">Its path in the checkout.</param>
/// <param name="TopFolder">The top folder: src, tests, samples.</param>
/// <param name="AssemblyName">The assembly it builds.</param>
/// <param name="References">The projects whose assemblies it uses, as paths in the checkout.</param>
/// <param name="Packages">The packages it references.</param>
internal sealed record ProjectFile(
    string Name,
    string File,
    string TopFolder,
    string AssemblyName,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Packages)
{
    public static ProjectFile Load(string file)
    {
        XElement xml = XDocument.Load(Path.Combine(Repository.Root, file)).Root!;
        string name = Path.GetFileNameWithoutExtension(file);
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, file))!;
        return new ProjectFile(
            name,
            file,
            file.Split('/')[0],
            xml.Descendants("AssemblyName").Select(element => element.Value).FirstOrDefault() ?? name,
            [.. xml.Descendants("ProjectReference").Where(UsesAssembly).Select(reference => Resolve(folder, reference))],
            [.. xml.Descendants("PackageReference").Select(package => (string?)package.Attribute("Include") ?? "")]);
    }

    private static bool UsesAssembly(XElement reference) => (string?)reference.Attribute("ReferenceOutputAssembly") != "false";

    private static string Resolve(string folder, XElement reference) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(folder, (string)reference.Attribute("Include")!))).Replace('\\', '/');
}
