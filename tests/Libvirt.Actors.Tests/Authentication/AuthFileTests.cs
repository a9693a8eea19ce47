using Libvirt.Authentication;

namespace Libvirt.Tests.Authentication;

public sealed class AuthFileTests
{
    private const string Text =
        """
        # The lab.
        [credentials-lab]
        authname=fred
        password=s3cret=with equals

        [credentials-rest]
        username = ann
        password = other

        [credentials-nameless]
        password=third

        [auth-libvirt-hv1.example]
        credentials=lab
        [auth-libvirt-hv2.example]
        credentials=nameless
        [auth-libvirt-hv3.example]
        credentials=gone
        [auth-libvirt-default]
        credentials=rest
        """;

    [Theory]
    [InlineData("hv1.example", null, "fred", "s3cret=with equals")]
    [InlineData("hv9.example", null, "ann", "other")]
    [InlineData("hv2.example", "bob", "bob", "third")]
    public void A_host_has_the_credentials_of_its_group_or_the_default_ones(string host, string? user, string name, string password)
    {
        LibvirtCredentials? found = AuthFile.Parse(Text).Find(host, user);

        Assert.Equal((name, password), (found?.UserName, found?.Password));
    }

    [Theory]
    [InlineData("hv2.example")]
    [InlineData("hv3.example")]
    public void Credentials_that_are_not_whole_are_none(string host) => Assert.Null(AuthFile.Parse(Text).Find(host, null));

    /// <summary>What stands behind the equals sign, and what that means in the notation of GLib's key files.</summary>
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" \t after blanks", "after blanks")]
    [InlineData("before blanks ", "before blanks ")]
    [InlineData("end of a line from elsewhere\r", "end of a line from elsewhere")]
    [InlineData(@"\sbetween\s", " between ")]
    [InlineData(@"back\\slash, tab\t, new\nline\r", "back\\slash, tab\t, new\nline\r")]
    [InlineData(@"\\n is no new line", "\\n is no new line")]
    [InlineData(@"un\known", @"un\known")]
    [InlineData("=;#[]", "=;#[]")]
    [InlineData("\u2028\u0085 are no ends of lines", "\u2028\u0085 are no ends of lines")]
    public void A_value_is_read_as_glib_writes_it(string written, string meant)
    {
        AuthFile file = AuthFile.Parse($"[credentials-a]\nauthname=fred\npassword={written}\n[auth-libvirt-default]\ncredentials=a");

        Assert.Equal(meant, file.Find("h", null)?.Password);
    }

    [Fact]
    public void A_group_that_is_there_twice_is_one()
    {
        AuthFile file = AuthFile.Parse(
            "[credentials-a]\nauthname=fred\n\n[auth-libvirt-default]\ncredentials=a\n  [credentials-a]  \n  password = first\npassword=second");

        Assert.Equal(("fred", "second"), (file.Find("h", null)?.UserName, file.Find("h", null)?.Password));
    }

    [Fact]
    public void A_broken_file_names_the_line_and_shows_nothing_of_it()
    {
        FormatException error = Assert.Throws<FormatException>(() => AuthFile.Parse("[credentials-a]\nhunter2\n"));

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_print_without_the_password()
    {
        HypervisorOptions options = new() { Credentials = new LibvirtCredentials("fred", "hunter2") };

        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
    }
}
