using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>Each of a URI's parameters for ssh against a real sshd that takes keys, passwords and answers; and beside virsh, whose own ssh has them too.</summary>
public sealed class SshParameterTests(SshFixture far) : IClassFixture<SshFixture>
{
    [Theory]
    [InlineData("ssh", "privkey", "publickey")]
    [InlineData("libssh", "PrivKey", "publickey")]
    [InlineData("libssh2", "privkey,password", "publickey")]
    [InlineData("ssh", "password", "password")]
    [InlineData("libssh", "password,privkey", "password")]
    [InlineData("ssh", "keyboard-interactive", "keyboard-interactive/pam")]
    [InlineData("libssh2", "keyboard-interactive,password", "keyboard-interactive/pam")]
    public async Task The_first_way_of_sshauth_that_the_server_takes_lets_in(string transport, string ways, string accepted)
    {
        SshServer server = ways.StartsWith("p", StringComparison.OrdinalIgnoreCase) && accepted == "publickey" ? far.Server : far.PasswordServer();

        await ConnectsAsync(far.Uri(server, $"sshauth={ways}&command={SshFixture.Ssh(answer: SshFixture.Password)}", transport));

        Assert.Equal(accepted, LastAccepted(server));
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_passed_over_for_the_next_way()
    {
        SshServer server = far.PasswordServer();

        await ConnectsAsync(far.Uri(
            server, $"sshauth=privkey,password&command={SshFixture.Ssh(answer: SshFixture.Password)}", keyFile: server.StrangeKeyFile));

        Assert.Equal("password", LastAccepted(server));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("keyboard-interactive")]
    [InlineData("password,keyboard-interactive")]
    public async Task A_way_that_the_server_does_not_offer_fails_in_sshs_own_words(string ways)
    {
        LibvirtConnectException error = await RefusedAsync(far.Uri(far.Server, $"sshauth={ways}&command={SshFixture.Ssh(answer: SshFixture.Password)}"));

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("Permission denied (publickey).", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task A_wrong_password_fails_in_sshs_own_words_and_is_not_among_them()
    {
        const string wrong = "not the pass word";

        LibvirtConnectException error = await RefusedAsync(far.Uri(far.PasswordServer(), $"sshauth=password&command={SshFixture.Ssh(answer: wrong)}"));

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("Permission denied (", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agents_keys_and_those_in_files_are_told_apart()
    {
        await using SshAgent agent = await SshAgent.StartAsync();
        string without = SshFixture.Ssh();
        string with = SshFixture.Ssh(agent: agent.SocketPath);

        LibvirtConnectException noAgent = await RefusedAsync(far.Uri(far.Server, $"sshauth=agent&command={without}"));
        LibvirtConnectException emptyAgent = await RefusedAsync(far.Uri(far.Server, $"sshauth=agent&command={with}"));
        await agent.AddAsync(far.Server.KeyFile);
        await ConnectsAsync(far.Uri(far.Server, $"sshauth=agent&command={with}", keyFile: far.Server.StrangeKeyFile));
        LibvirtConnectException fileOnly = await RefusedAsync(far.Uri(far.Server, $"sshauth=privkey&command={with}", keyFile: far.Server.StrangeKeyFile));

        Assert.All([noAgent, emptyAgent, fileOnly], error => Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason));
    }

    [Fact]
    public async Task A_key_file_that_is_missing_strange_or_locked_is_told_in_sshs_own_words()
    {
        LibvirtConnectException missing = await RefusedAsync(far.Uri(far.Server, $"no_tty=1&command={SshFixture.Ssh()}", keyFile: "/nowhere/key"));
        LibvirtConnectException strange = await RefusedAsync(
            far.Uri(far.Server, $"no_tty=1&sshauth=privkey&command={SshFixture.Ssh()}", keyFile: far.Server.StrangeKeyFile));
        LibvirtConnectException locked = await RefusedAsync(
            far.Uri(far.Server, $"no_tty=1&sshauth=privkey&command={SshFixture.Ssh(answer: SshServer.PassPhrase)}", keyFile: far.Server.EncryptedKeyFile));

        Assert.All([missing, strange, locked], error => Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason));
        Assert.Contains("/nowhere/key", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Permission denied", locked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_key_file_opens_by_its_pass_phrase_and_by_an_agent()
    {
        await using SshAgent agent = await SshAgent.StartAsync();
        await agent.AddAsync(far.Server.EncryptedKeyFile, SshServer.PassPhrase);

        await ConnectsAsync(far.Uri(
            far.Server, $"sshauth=privkey&command={SshFixture.Ssh(answer: SshServer.PassPhrase)}", keyFile: far.Server.EncryptedKeyFile));
        await ConnectsAsync(far.Uri(far.Server, $"no_tty=1&command={SshFixture.Ssh(agent: agent.SocketPath)}", keyFile: far.Server.EncryptedKeyFile));
    }

    [Fact]
    public async Task No_tty_asks_nobody()
    {
        string asked = Scratch.NewPath("asked");
        string command = SshFixture.Ssh(answer: SshFixture.Password, asked: asked);
        SshServer server = far.PasswordServer();

        await ConnectsAsync(far.Uri(server, $"no_tty=0&sshauth=password&command={command}"));
        Assert.True(File.Exists(asked));
        File.Delete(asked);
        LibvirtConnectException error = await RefusedAsync(far.Uri(server, $"no_tty=1&sshauth=password&command={command}"));

        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.False(File.Exists(asked));

        string theirs = SshFixture.Ssh(answer: SshFixture.Password, asked: asked, knownHosts: server.KnownHostsFile);
        (await Virsh.On(far.Uri(server, $"no_tty=0&command={theirs}", keyFile: server.StrangeKeyFile)).TryAsync("uri")).EnsureSuccess();
        Assert.True(File.Exists(asked));
        File.Delete(asked);
        CommandResult virsh = await Virsh.On(far.Uri(server, $"no_tty=1&command={theirs}", keyFile: server.StrangeKeyFile)).TryAsync("uri");
        Assert.NotEqual(0, virsh.ExitCode);
        Assert.Contains("Permission denied", virsh.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(asked));
    }

    /// <summary>What is known of the host before, how it is to be verified, whether that lets in, and what is known after.</summary>
    [Theory]
    [InlineData("nothing", "known_hosts_verify=normal", false, "nothing")]
    [InlineData("another key", "known_hosts_verify=normal", false, "another key")]
    [InlineData("the key", "known_hosts_verify=normal", true, "the key")]
    [InlineData("nothing", "known_hosts_verify=auto", true, "the key")]
    [InlineData("another key", "known_hosts_verify=auto", false, "another key")]
    [InlineData("the key", "known_hosts_verify=auto", true, "the key")]
    [InlineData("nothing", "known_hosts_verify=ignore", true, "nothing")]
    [InlineData("another key", "known_hosts_verify=ignore", true, "another key")]
    public async Task A_hosts_key_is_verified_and_remembered_as_by_virsh(string before, string parameter, bool letsIn, string after)
    {
        string ours = await far.WriteKnownHostsAsync(before);
        string uri = far.Uri(far.Server, $"{parameter}&command={SshFixture.Ssh()}", knownHosts: ours);

        if (letsIn)
            await ConnectsAsync(uri);
        else
            Assert.Equal(ConnectFailure.SshHostKey, (await RefusedAsync(uri)).Reason);

        Assert.Equal(after, await far.ReadKnownHostsAsync(ours));
        foreach (string transport in (string[])["libssh", "libssh2"])
        {
            string theirs = await far.WriteKnownHostsAsync(before);
            CommandResult virsh = await Virsh.On(far.Uri(far.Server, $"{parameter}&sshauth=privkey", transport, knownHosts: theirs)).TryAsync("uri");

            Assert.True(virsh.ExitCode == 0 == letsIn, $"{transport}: {virsh.Output}{virsh.Error}");
            Assert.Equal(after, await far.ReadKnownHostsAsync(theirs));
        }
    }

    [Theory]
    [InlineData("nothing", "the key")]
    [InlineData("another key", "another key")]
    public async Task Without_verification_any_key_will_do_and_a_new_one_is_remembered_as_ssh_does(string before, string after)
    {
        string file = await far.WriteKnownHostsAsync(before);

        await ConnectsAsync(far.Uri(far.Server, $"no_verify=1&command={SshFixture.Ssh()}", knownHosts: file));

        Assert.Equal(after, await far.ReadKnownHostsAsync(file));
        string theirs = await far.WriteKnownHostsAsync(before);
        (await Virsh.On(far.Uri(far.Server, $"no_verify=1&command={SshFixture.Ssh(knownHosts: theirs)}")).TryAsync("uri")).EnsureSuccess();
        Assert.Equal(after, await far.ReadKnownHostsAsync(theirs));
        // libvirt's libraries know no_verify not at all: they have known_hosts_verify.
        string libssh = far.Uri(far.Server, "no_verify=1&sshauth=privkey", "libssh", knownHosts: await far.WriteKnownHostsAsync(before));
        Assert.NotEqual(0, (await Virsh.On(libssh).TryAsync("uri")).ExitCode);
    }

    [Theory]
    [InlineData("proxy=native", "qemu:///session")]
    [InlineData("proxy=netcat&socket={socket}", "qemu:///session")]
    [InlineData("proxy=auto", "qemu:///session")]
    [InlineData("netcat=/usr/bin/nc&socket={socket}", "qemu:///session")]
    public async Task Each_proxy_leads_to_the_far_sides_daemon(string parameters, string expected)
    {
        string uri = far.SessionUri(parameters);
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync($"{uri}&command={SshFixture.Ssh()}&known_hosts={far.Server.KnownHostsFile}", SshFixture.Options);

        Assert.Equal(expected, await hypervisor.GetUriAsync());
        (await Virsh.On($"{uri}&command={SshFixture.Ssh(knownHosts: far.Server.KnownHostsFile)}").TryAsync("list", "--all")).EnsureSuccess();
    }

    [Fact]
    public async Task The_refusal_of_a_changed_key_says_so_and_is_no_reason_to_try_again()
    {
        string file = await far.WriteKnownHostsAsync("another key");

        LibvirtConnectException error = await RefusedAsync(far.Uri(far.Server, $"command={SshFixture.Ssh()}", knownHosts: file));

        Assert.Equal((ConnectFailure.SshHostKey, false), (error.Reason, error.IsTransient));
        Assert.Contains("Host key verification failed", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    private static string LastAccepted(SshServer server) =>
        server.Log.Split('\n').Last(line => line.StartsWith("Accepted ", StringComparison.Ordinal)).Split(' ')[1];

    private static async Task ConnectsAsync(string uri)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(uri, SshFixture.Options);

        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
    }

    private static async Task<LibvirtConnectException> RefusedAsync(string uri) => await Assert.ThrowsAsync<LibvirtConnectException>(
        async () => await (await Hypervisor.ConnectAsync(uri, SshFixture.Options)).DisposeAsync());
}
