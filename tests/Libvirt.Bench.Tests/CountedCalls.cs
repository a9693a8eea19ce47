using System.Globalization;
using Libvirt.Bench.Measuring;
using Libvirt.Bench.Scripting;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Bench.Tests;

/// <summary>
/// Calls of a process that does nothing else, so that all it costs is theirs, to a scripted peer in this one. Its code is compiled once and for good
/// at first use: what is counted then does not depend on how far the runtime has come with compiling better code.
/// </summary>
internal static class CountedCalls
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Libvirt.Bench");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, string?> Environment = new(Virsh.ClientEnvironment) { ["DOTNET_TieredCompilation"] = "0" };

    /// <summary>Makes the calls and returns what the process counted.</summary>
    /// <param name="mode">Which call.</param>
    /// <param name="callers">How many callers share the calls.</param>
    /// <param name="warmup">How many calls are made before.</param>
    /// <param name="count">How many calls are made.</param>
    /// <param name="under">A program, with its arguments, that runs the process and watches it.</param>
    public static async Task<Sample> MakeAsync(string mode, int callers, int warmup, int count, params string[] under)
    {
        using ScriptedPeer peer = Scripts.Calls();
        string[] line = [.. under, Program, "work", peer.SocketPath, "count", mode, Word(callers), Word(warmup), Word(count)];
        CommandResult result = await Command.RunAsync(line[0], line[1..], environment: Environment, limit: Limit, cancellationToken: TestContext.Current.CancellationToken);
        return Sample.Parse(result.EnsureSuccess().Output);
    }

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
}
