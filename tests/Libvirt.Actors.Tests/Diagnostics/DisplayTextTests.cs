using Libvirt.Diagnostics;

namespace Libvirt.Tests.Diagnostics;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("web-1", "web-1")]
    [InlineData("größe 日本 😀", "größe 日本 😀")]
    [InlineData("", "")]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\u001b]0;owned\u0007", @"\u001b]0;owned\u0007")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("\u007f", @"\u007f")]
    [InlineData("gnp\u202e.exe", @"gnp\u202e.exe")]
    [InlineData("a\u200bb\ufeff", @"a\u200bb\ufeff")]
    [InlineData("line\u2028paragraph\u2029", @"line\u2028paragraph\u2029")]
    [InlineData("tag \U000e0041", @"tag \U000e0041")]
    public void Escape_replaces_what_a_terminal_or_a_log_would_interpret(string text, string expected)
    {
        string escaped = DisplayText.Escape(text);

        Assert.Equal(expected, escaped);
        Assert.Equal(escaped, DisplayText.Escape(escaped));
    }

    [Fact]
    public void Escape_replaces_surrogates_without_a_partner() =>
        Assert.Equal(@"\udc00 and \ud83d", DisplayText.Escape("\udc00 and \ud83d"));

    [Fact]
    public void Text_without_such_characters_is_returned_as_it_is()
    {
        string text = new('x', 100);

        Assert.Same(text, DisplayText.Escape(text));
        Assert.Same(text, DisplayText.EscapeAndShorten(text));
    }

    [Fact]
    public void A_long_text_is_cut_and_its_length_stated()
    {
        string shortened = DisplayText.EscapeAndShorten(new string('x', 5_000_000));

        Assert.Equal($"{new string('x', DisplayText.MaxLength)}... (5000000 characters)", shortened);
    }

    [Fact]
    public void A_surrogate_pair_is_not_cut_in_half()
    {
        string text = new string('x', DisplayText.MaxLength - 1) + "😀 and more";

        Assert.StartsWith(new string('x', DisplayText.MaxLength - 1) + "... (", DisplayText.EscapeAndShorten(text), StringComparison.Ordinal);
    }
}
