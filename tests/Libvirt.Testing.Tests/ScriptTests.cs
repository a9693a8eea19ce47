using System.Diagnostics;
using Xunit;

namespace Libvirt.Testing.Tests;

public sealed class ScriptTests
{
    [Fact]
    public async Task A_script_runs_at_once_whatever_else_is_started_meanwhile()
    {
        using CancellationTokenSource over = new();
        Task others = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
                Process.Start("true")?.WaitForExit();
        });

        for (int i = 0; i < 200; i++)
        {
            using Process script = Process.Start(Script.Create("sh", "exit 7"));
            await script.WaitForExitAsync();
            Assert.Equal(7, script.ExitCode);
        }

        await over.CancelAsync();
        await others;
    }
}
