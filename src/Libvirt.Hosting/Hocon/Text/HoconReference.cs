namespace Libvirt.Hosting.Hocon.Text;

/// <summary>One <c>${path}</c> of a text.</summary>
/// <param name="Path">The path of the setting, or the name of an environment variable.</param>
/// <param name="Index">Where it is in its text.</param>
/// <param name="Scope">The text.</param>
internal sealed record HoconReference(string Path, int Index, HoconScope Scope);
