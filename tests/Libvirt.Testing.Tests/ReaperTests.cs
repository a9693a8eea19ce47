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
        using Process byArgument = Process.Start("sh", ["-c", "sleep 1000", reaper.Directory]);
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
