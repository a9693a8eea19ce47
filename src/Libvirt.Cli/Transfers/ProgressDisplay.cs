using Libvirt.Cli.Output;
using Libvirt.Diagnostics;
using Libvirt.Streams;

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
        : Console.IsErrorRedirected ? transfer(new ProgressLines(DisplayText.Escape(name), StandardError.Text))
        : DrawAsync(name, transfer);

    private static async Task DrawAsync(string name, Func<IProgress<TransferProgress>?, Task> transfer)
    {
        ProgressBar bar = new(DisplayText.Escape(name), StandardError.Text, TimeProvider.System);
        try
        {
            await transfer(bar).ConfigureAwait(false);
        }
        finally
        {
            bar.End();
        }
    }
}
