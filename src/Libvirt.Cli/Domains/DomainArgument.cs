using System.CommandLine;

namespace Libvirt.Cli.Domains;

/// <summary>The argument that names a domain.</summary>
internal sealed class DomainArgument() : Argument<string>("DOMAIN")
{
    /// <summary>The argument of a command.</summary>
    public static DomainArgument Create() => new() { Description = "The domain: its id, its UUID or its name, tried in this order." };
}
