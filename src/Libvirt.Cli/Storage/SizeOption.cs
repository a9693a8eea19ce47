using System.CommandLine;
using System.CommandLine.Parsing;

namespace Libvirt.Cli.Storage;

/// <summary>Options and arguments that take a number of bytes.</summary>
internal static class SizeOption
{
    private const string Help = "as bytes or with a unit: 1048576, 1M, 1MiB, 1MB";

    /// <summary>An option.</summary>
    public static Option<ulong?> Create(string name, string description) => new(name)
    {
        Description = $"{description}, {Help}.",
        HelpName = "SIZE",
        CustomParser = result => Parse(result, result.Tokens[^1].Value),
    };

    /// <summary>An argument.</summary>
    public static Argument<ulong?> CreateArgument(string name, string description) => new(name)
    {
        Description = $"{description}, {Help}.",
        CustomParser = result => Parse(result, result.Tokens[^1].Value),
    };

    private static ulong? Parse(ArgumentResult result, string text)
    {
        if (ByteSize.TryParse(text, out ulong bytes))
            return bytes;
        result.AddError($"'{text}' is no size: write it {Help}.");
        return null;
    }
}
