using Libvirt.Hosting.Hocon;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class UnitTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("10 s", 10_000)]
    [InlineData(" 500ms ", 500)]
    [InlineData("250", 250)]
    [InlineData("1.5 hours", 5_400_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("1000us", 1)]
    [InlineData("2000000ns", 2)]
    [InlineData("0s", 0)]
    [InlineData("-1s", -1000)]
    [InlineData("infinite", -1)]
    [InlineData("00:00:10", 10_000)]
    [InlineData("1.02:00:00", 93_600_000)]
    public void A_duration_is_read(string text, double milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), HoconDuration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10 fortnights")]
    [InlineData("10S")]
    [InlineData("1e3s")]
    [InlineData("1,5s")]
    [InlineData("10:5x")]
    [InlineData("99999999999999999999d")]
    [InlineData("10675200d")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(HoconDuration.TryParse(text, out _));
        Assert.Throws<FormatException>(() => HoconDuration.Parse(text));
    }

    [Theory]
    [InlineData("10s")]
    [InlineData("500ms")]
    [InlineData("90m")]
    [InlineData("1d")]
    [InlineData("0s")]
    [InlineData("100ns")]
    [InlineData("infinite")]
    public void A_duration_is_written_as_it_is_read(string text) => Assert.Equal(text, HoconDuration.Format(HoconDuration.Parse(text)));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("4MiB", 4L << 20)]
    [InlineData("4M", 4L << 20)]
    [InlineData("4m", 4L << 20)]
    [InlineData("4 Mi", 4L << 20)]
    [InlineData("64K", 64L << 10)]
    [InlineData("64kB", 64_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("0.5 KiB", 512)]
    [InlineData("2 terabytes", 2_000_000_000_000)]
    [InlineData("7EiB", 7L << 60)]
    public void A_size_is_read(string text, long bytes) => Assert.Equal(bytes, HoconSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("-1B")]
    [InlineData("8EiB")]
    [InlineData("4 MBit")]
    [InlineData("99999999999999999999999999999EiB")]
    public void What_is_no_size_is_refused(string text)
    {
        Assert.False(HoconSize.TryParse(text, out _));
        Assert.Throws<FormatException>(() => HoconSize.Parse(text));
    }
}
