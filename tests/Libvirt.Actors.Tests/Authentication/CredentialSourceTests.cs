using Libvirt.Authentication;
using Libvirt.Transports;

namespace Libvirt.Tests.Authentication;

public sealed class CredentialSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("auth").FullName;

    [Fact]
    public async Task The_options_come_before_the_variable_the_uri_and_the_users_own_file()
    {
        string own = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "libvirt")).FullName, "auth.conf");
        File.Move(Write("own"), own);
        string variable = Write("variable"), named = Write("named");

        Assert.Equal("given", await FindAsync($"?authfile={named}", variable, new LibvirtCredentials("given", "")));
        Assert.Equal("variable", await FindAsync($"?authfile={named}", variable));
        Assert.Equal("named", await FindAsync($"?authfile={named}", null));
        Assert.Equal("named", await FindAsync($"?authfile={named}", ""));
        Assert.Equal("own", await FindAsync("", null));
    }

    [Fact]
    public async Task A_file_that_is_named_and_not_there_is_an_error_with_its_name()
    {
        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => FindAsync("?authfile=/nowhere/auth.conf", null));

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("/nowhere/auth.conf", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Write(string user)
    {
        string path = Path.Combine(_directory, user);
        File.WriteAllText(path, $"[credentials-a]\nauthname={user}\npassword=x\n[auth-libvirt-default]\ncredentials=a\n");
        return path;
    }

    private async Task<string?> FindAsync(string query, string? variable, LibvirtCredentials? given = null)
    {
        LibvirtUri uri = LibvirtUri.Parse($"test+unix:///default{query}");
        UserDirectories directories = new(
            name => name switch { "LIBVIRT_AUTH_FILE" => variable, "XDG_CONFIG_HOME" => _directory, _ => null }, isRoot: false);
        CredentialSource source = new(
            uri, new UnixEndpoint("/s"), new HypervisorOptions { Credentials = given }, directories, TimeProvider.System);
        return (await source.FindAsync(CancellationToken.None))?.UserName;
    }
}
