using Libvirt.Streams;
using Spectre.Console;

namespace Libvirt.Cli.Transfers;

/// <summary>Shows on standard error how far a transfer is: a bar on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs a transfer and shows its progress meanwhile.</summary>
    /// <param name="name">What is transferred.</param>
    /// <param name="quiet">Whether nothing is shown.</param>
    /// <param name="transfer">The transfer, which reports to what it is given.</param>
    public static Task RunAsync(string name, bool quiet, Func<IProgress<TransferProgress>?, Task> transfer) =>
        quiet ? transfer(null)
        : Console.IsErrorRedirected ? transfer(new ProgressLines(name, Console.Error))
        : DrawAsync(name, transfer);

    private static Task DrawAsync(string name, Func<IProgress<TransferProgress>?, Task> transfer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context => await transfer(new ProgressBar(context.AddTask(Markup.Escape(name)))).ConfigureAwait(false));
    }

    /// <summary>One bar. A transfer whose size nobody knows has none until its end.</summary>
    private sealed class ProgressBar(ProgressTask task) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            task.IsIndeterminate = value.Total is null;
            task.MaxValue = Math.Max(value.Total ?? value.Bytes, 1);
            task.Value = value.Bytes;
        }
    }
}
