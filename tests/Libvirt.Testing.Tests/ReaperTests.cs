using System.Diagnostics;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class ReaperTests
{
    [Fact]
    public async Task Processes_that_name_the_directory_end_with_it()
    {
        Reaper reaper = Reaper.Create();
        await File.WriteAllTextAsync(Path.Combine(reaper.Directory, "file"), "", TestContext.Current.CancellationToken);
        // The shell itself waits, for a line that nobody types: a child of it would be left behind.
        using Process byArgument = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r line", reaper.Directory]) { RedirectStandardInput = true })!;
        ProcessStartInfo info = new("sleep", ["1000"]) { Environment = { ["HOME"] = reaper.Directory } };
        using Process byEnvironment = Process.Start(info)!;
        using Process stranger = Process.Start("sleep", ["1000"]);

        try
        {
            await reaper.DisposeAsync();

            await byArgument.WaitForExitAsync(TestContext.Current.CancellationToken);
            await byEnvironment.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.False(Directory.Exists(reaper.Directory));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }
}
