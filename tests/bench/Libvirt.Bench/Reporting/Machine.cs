using System.Globalization;
using System.Runtime.InteropServices;
using Libvirt.Testing;

namespace Libvirt.Bench.Reporting;

/// <summary>Where figures were taken: without it they mean nothing.</summary>
/// <param name="Began">When.</param>
/// <param name="Facts">What is known of the machine and of what ran on it.</param>
internal sealed record Machine(DateTime Began, IReadOnlyDictionary<string, string> Facts)
{
    public static async Task<Machine> DescribeAsync() => new(DateTime.UtcNow, new Dictionary<string, string>
    {
        ["processor"] = $"{Field("/proc/cpuinfo", "model name", ':')}, {Environment.ProcessorCount} cores",
        ["memory"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20:#,0} MiB",
        ["kernel"] = (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim(),
        ["system"] = Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"'),
        [".NET"] = RuntimeInformation.FrameworkDescription,
        ["libvirtd and C client"] = await VersionAsync("libvirt0"),
        ["go-libvirt"] = $"{await VersionAsync("golang-github-digitalocean-go-libvirt-dev")}, Go {await VersionAsync("golang-go")}",
        ["commit"] = await CommitAsync(),
        ["load (1, 5, 15 minutes) before"] = Load(),
    });

    /// <summary>The load averages of the last 1, 5 and 15 minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Field(string file, string name, char separator) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "unknown";

    private static async Task<string> VersionAsync(string package) =>
        (await Command.RunAsync("dpkg-query", ["-W", "-f=${Version}", package])).EnsureSuccess().Output;

    private static async Task<string> CommitAsync()
    {
        CommandResult head = await Command.RunAsync("git", ["-C", RepositoryRoot.Path, "rev-parse", "--short", "HEAD"]);
        CommandResult changes = await Command.RunAsync("git", ["-C", RepositoryRoot.Path, "status", "--porcelain", "--untracked-files=no"]);
        if (head.ExitCode != 0)
            return "unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{head.Output.Trim()}{(changes.Output.Length > 0 ? " with changes" : "")}");
    }
}
