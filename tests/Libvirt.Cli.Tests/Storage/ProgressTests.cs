using Libvirt.Cli.Transfers;
using Libvirt.Streams;
using Xunit;

namespace Libvirt.Cli.Tests;

public sealed class ProgressTests
{
    private static readonly TransferProgress Grown = new(Bytes: 3_000_000, Total: 1_000_000, BytesPerSecond: 1_000_000);

    [Fact]
    public void The_bar_of_a_volume_that_grows_during_the_transfer_is_full()
    {
        StringWriter output = new();

        new ProgressBar("disk", output, TimeProvider.System).Report(Grown);

        Assert.Contains($"[{new string('#', 30)}] 100%", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_a_volume_that_grows_during_the_transfer_says_100_percent()
    {
        StringWriter output = new();

        new ProgressLines("disk", output).Report(Grown);

        Assert.Contains("(100%)", output.ToString(), StringComparison.Ordinal);
    }
}
