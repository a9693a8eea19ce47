using System.CommandLine;
using Libvirt.Cli.Connecting;

namespace Libvirt.Cli.Input;

/// <summary>The argument that names a file of XML.</summary>
internal sealed class FileArgument() : Argument<string>("FILE")
{
    /// <summary>The argument of a command.</summary>
    public static FileArgument Create(string description) => new() { Description = description };

    /// <summary>The file's text.</summary>
    /// <exception cref="Failures.UsageException">It cannot be read.</exception>
    public Task<string> ReadAsync(Invocation invocation) => TextInput.ReadAsync(invocation.Get(this)!, invocation.CancellationToken);
}
