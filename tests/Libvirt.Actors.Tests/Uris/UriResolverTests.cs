namespace Libvirt.Tests.Uris;

public sealed class UriResolverTests
{
    private const string Configuration =
        """
        # What the administrator wrote.
        uri_aliases = [
          "hail=qemu+ssh://root@hail.example/system",   # the first
          'sleet=qemu+tls://sleet.example/system',
        ]
        uri_default = "hail"
        """;

    [Theory]
    [InlineData("hail", "qemu+ssh://root@hail.example/system")]
    [InlineData("sleet", "qemu+tls://sleet.example/system")]
    [InlineData("test:///default", "test:///default")]
    public void An_alias_stands_for_its_uri_and_a_uri_for_itself(string text, string uri) =>
        Assert.Equal(uri, Resolver(Configuration).Resolve(text).Text);

    [Theory]
    [InlineData("qemu+tls://variable.example/system", Configuration, "qemu+tls://variable.example/system")]
    [InlineData("sleet", Configuration, "qemu+tls://sleet.example/system")]
    [InlineData(null, Configuration, "qemu+ssh://root@hail.example/system")]
    [InlineData(null, null, "remote:///")]
    public void No_uri_at_all_means_the_variable_then_the_file_then_the_daemons_choice(string? variable, string? file, string uri)
    {
        Assert.Equal(uri, Resolver(file, variable).Resolve(null).Text);
        Assert.Equal(uri, Resolver(file, variable).Resolve("").Text);
    }

    [Fact]
    public void An_alias_that_nobody_defined_is_no_uri()
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => Resolver(Configuration).Resolve("snow"));

        Assert.Equal(ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains("uri_aliases of /home/ann/.config/libvirt/libvirt.conf", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uri_aliases = [ \"a=b\"", "']'")]
    [InlineData("\nuri_default \"x\"", "line 2")]
    [InlineData("uri_default = \"x", "closing quote")]
    [InlineData("uri_default =", "value")]
    [InlineData("= 1", "name")]
    public void A_file_that_cannot_be_understood_says_where(string file, string part)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => Resolver(file).Resolve(null));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("/home/ann/.config/libvirt/libvirt.conf", error.Message, StringComparison.Ordinal);
    }

    private static UriResolver Resolver(string? file, string? variable = null) => new(
        new UserDirectories(name => name switch { "HOME" => "/home/ann", "LIBVIRT_DEFAULT_URI" => variable, _ => null }, isRoot: false),
        path => path == "/home/ann/.config/libvirt/libvirt.conf" ? file : null);
}
