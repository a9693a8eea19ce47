using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace Libvirt.Hosting.Hocon.Configuration;

/// <summary>A HOCON file, and what it includes, as a source of configuration.</summary>
internal sealed class HoconFileConfigurationSource(string path, bool optional, bool reloadOnChange, Action<Exception>? onReloadError) : IConfigurationSource
{
    public bool Optional => optional;

    public bool ReloadOnChange => reloadOnChange;

    public Action<Exception>? OnReloadError => onReloadError;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconFileConfigurationProvider(this, Locate(builder));

    // As for the other file sources, a relative path starts from the builder's base path: in a host, from its content root.
    private string Locate(IConfigurationBuilder builder)
    {
        if (Path.IsPathFullyQualified(path))
            return Path.GetFullPath(path);
        string root = builder.GetFileProvider() is PhysicalFileProvider physical ? physical.Root : AppContext.BaseDirectory;
        return Path.GetFullPath(path, root);
    }
}
