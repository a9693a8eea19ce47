using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Files of names and passwords, and which of them counts: as virsh reads them, for a daemon that lets in by them alone.</summary>
public sealed class CredentialFileTests : IAsyncLifetime
{
    private const string Password = @"back\slash, \quote=#1";
    private const string Written = @"back\\slash, \quote=#1";

    private LibvirtDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await LibvirtDaemon.StartAsync(await SaslUsers.WriteAsync(("fred", Password)));

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    /// <summary>The lines of the group of credentials, and whether they let in.</summary>
    [Theory]
    [InlineData("authname=fred\npassword=" + Written, true)]
    [InlineData("authname=fred\r\npassword=" + Written + "\r", true)]
    [InlineData("  authname  =  fred\n\t password =\t " + Written, true)]
    [InlineData(@"authname=fr\\ed" + "\npassword=" + Written, false)]
    [InlineData("authname=fred\npassword=" + Password, false)]
    [InlineData("authname=fred\npassword=back\\\\slash,\\s\\quote=#1", true)]
    [InlineData("authname=fred\npassword=" + Written + " ", false)]
    [InlineData("authname=fred \npassword=" + Written, true)]
    [InlineData("authname=fred\npassword=other\npassword=" + Written, true)]
    [InlineData("authname=fred\n# password=other\n\n[auth-libvirt-elsewhere]\ncredentials=x\n[credentials-lab]\npassword=" + Written, true)]
    [InlineData("authname=ann\npassword=" + Written, false)]
    [InlineData("authname=fred", false)]
    [InlineData("authname=fred\nno setting\npassword=" + Written, false)]
    [InlineData("", false)]
    public async Task A_file_lets_in_whom_it_lets_in_with_virsh(string lines, bool letsIn) =>
        await SameAsync($"&authfile={Write($"[auth-libvirt-localhost]\ncredentials=lab\n[credentials-lab]\n{lines}\n")}", null, letsIn);

    [Theory]
    [InlineData("[credentials-lab]\n{0}[auth-libvirt-default]\ncredentials=lab\n", true)]
    [InlineData("[credentials-lab]\n{0}[auth-libvirt-default]\ncredentials=lab\n[auth-libvirt-localhost]\ncredentials=none\n", false)]
    [InlineData("[credentials-lab]\n{0}[auth-libvirt-127.0.0.1]\ncredentials=lab\n", false)]
    [InlineData("[credentials-lab]\n{0}[auth-ssh-localhost]\ncredentials=lab\n", false)]
    [InlineData("{0}", false)]
    public async Task The_group_of_the_host_counts_and_else_the_default(string text, bool letsIn) =>
        await SameAsync($"&authfile={Write(text.Replace("{0}", $"authname=fred\npassword={Written}\n", StringComparison.Ordinal))}", null, letsIn);

    [Fact]
    public async Task The_variable_comes_before_the_uri_and_the_uri_before_the_users_own_file()
    {
        string good = Write($"[auth-libvirt-default]\ncredentials=lab\n[credentials-lab]\nauthname=fred\npassword={Written}\n");
        string bad = Write("[auth-libvirt-default]\ncredentials=lab\n[credentials-lab]\nauthname=fred\npassword=wrong\n");
        string own = Path.Combine(Scratch.NewDirectory("config"), "libvirt", "auth.conf");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);

        await SameAsync($"&authfile={bad}", good, letsIn: true);
        await SameAsync($"&authfile={good}", bad, letsIn: false);
        await SameAsync("", good, letsIn: true);
        await SameAsync("", null, letsIn: false, own);
        File.Copy(good, own);
        await SameAsync("", null, letsIn: true, own);
        await SameAsync($"&authfile={bad}", null, letsIn: false, own);
        await SameAsync("&authfile=/nowhere/auth.conf", null, letsIn: false, own);
        await SameAsync("", "/nowhere/auth.conf", letsIn: false, own);
    }

    private static string Write(string text)
    {
        string path = Scratch.NewPath("auth.conf");
        File.WriteAllText(path, text);
        return path;
    }

    private async Task SameAsync(string parameters, string? variable, bool letsIn, string? own = null)
    {
        Dictionary<string, string?> environment = new(Virsh.ClientEnvironment) { ["LIBVIRT_AUTH_FILE"] = variable };
        if (own is not null)
            environment["XDG_CONFIG_HOME"] = Path.GetDirectoryName(Path.GetDirectoryName(own));
        string uri = $"{_daemon.TestUri}{parameters}";

        CommandResult theirs = await Command.RunAsync("virsh", ["-c", uri, "hostname"], environment: environment);
        CommandResult ours = await Command.RunAsync(Virtactl.Program, ["-c", uri, "hostname"], environment: environment);

        Assert.True(theirs.ExitCode == (letsIn ? 0 : 1), $"{theirs}");
        Assert.True(ours.ExitCode == (letsIn ? 0 : 3), $"{ours}");
    }
}
