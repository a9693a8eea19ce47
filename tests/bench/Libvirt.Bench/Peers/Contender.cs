using Libvirt.Bench.Measuring;
using Libvirt.Testing;

namespace Libvirt.Bench.Peers;

/// <summary>A program that is measured. All of them take the same words and print one <see cref="Sample"/>.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Program">Its executable.</param>
/// <param name="Prefix">Words in front of all others.</param>
internal sealed record Contender(string Name, string Program, params string[] Prefix)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="CommandFailedException">It failed.</exception>
    public async Task<Sample> RunAsync(params string[] words)
    {
        CommandResult result = await Command.RunAsync(Program, [.. Prefix, .. words], environment: Virsh.ClientEnvironment, limit: Limit);
        return Sample.Parse(result.EnsureSuccess().Output);
    }
}
