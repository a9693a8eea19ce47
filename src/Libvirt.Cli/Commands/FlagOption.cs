using System.CommandLine;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Commands;

/// <summary>An option that stands for one flag of a libvirt function.</summary>
internal sealed class FlagOption : Option<bool>
{
    private readonly uint _flag;

    public FlagOption(string name, uint flag, string description)
        : base(name)
    {
        _flag = flag;
        Description = description;
    }

    /// <summary>The flags of the options that were given.</summary>
    public static uint Sum(Invocation invocation, IEnumerable<FlagOption> options) =>
        options.Where(option => invocation.Get(option)).Aggregate(0u, (flags, option) => flags | option._flag);
}
