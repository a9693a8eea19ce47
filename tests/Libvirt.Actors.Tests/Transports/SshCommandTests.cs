using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class SshCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_plain_uri_leaves_everything_to_the_users_ssh()
    {
        ProcessEndpoint endpoint = SshCommand.Build(LibvirtUri.Parse("qemu+ssh://hv1/system"), readOnly: false, Limit);

        Assert.Equal("ssh", endpoint.Program);
        Assert.Equal(["-T", "-e", "none", "-o", "ConnectTimeout=31", "--", "hv1"], endpoint.Arguments.SkipLast(1));
        Assert.True(endpoint.IsSecure);
    }

    [Fact]
    public void Every_parameter_becomes_its_option_of_ssh()
    {
        ProcessEndpoint endpoint = SshCommand.Build(
            LibvirtUri.Parse("qemu+ssh://root@hv1:2222/system?command=/opt/ssh&keyfile=/k&no_tty=1&no_verify=1&known_hosts=/h%20h%25%22&sshauth=agent,privkey,password"),
            readOnly: false, Limit);

        Assert.Equal("/opt/ssh", endpoint.Program);
        Assert.Equal(
            ["-p", "2222", "-l", "root", "-i", "/k", "-o", "PreferredAuthentications=publickey,password", "-T", "-e", "none", "-o", "BatchMode=yes",
             "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=\"/h h%%\\\"\"", "-o", "ConnectTimeout=31", "--", "hv1"],
            endpoint.Arguments.SkipLast(1));
    }

    [Theory]
    [InlineData("agent", "-o IdentityFile=none -o PreferredAuthentications=publickey")]
    [InlineData("privkey", "-i /k -o IdentityAgent=none -o PreferredAuthentications=publickey")]
    [InlineData("PrivKey,agent", "-i /k -o PreferredAuthentications=publickey")]
    [InlineData("keyboard-interactive,password", "-o IdentityFile=none -o IdentityAgent=none -o PreferredAuthentications=keyboard-interactive,password")]
    public void Keys_come_from_where_sshauth_says_alone(string ways, string options) => Assert.StartsWith(
        $"{options} -T -e none -o ConnectTimeout",
        string.Join(' ', SshCommand.Build(LibvirtUri.Parse($"qemu+ssh://hv1/system?keyfile=/k&sshauth={ways}"), readOnly: false, Limit).Arguments),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("known_hosts_verify=auto", "StrictHostKeyChecking=accept-new")]
    [InlineData("known_hosts_verify=ignore", "StrictHostKeyChecking=no")]
    [InlineData("known_hosts_verify=ignore&known_hosts=/h", "UserKnownHostsFile=/dev/null")]
    public void The_check_of_the_host_key_is_ssh_s_own_in_libvirt_s_words(string parameter, string option) =>
        Assert.Contains(option, SshCommand.Build(LibvirtUri.Parse($"qemu+ssh://hv1/system?{parameter}"), readOnly: false, Limit).Arguments);

    [Theory]
    [InlineData("qemu+ssh://h/system?proxy=native", false, "exec virt-ssh-helper 'qemu:///system'")]
    [InlineData("qemu+ssh://h/system?proxy=native", true, "exec virt-ssh-helper -r 'qemu:///system'")]
    [InlineData("qemu+ssh://h/system?proxy=netcat", false, "exec 'nc' -U '/var/run/libvirt/libvirt-sock'")]
    [InlineData("qemu+ssh://h/system?proxy=netcat", true, "exec 'nc' -U '/var/run/libvirt/libvirt-sock-ro'")]
    [InlineData("qemu+ssh://h/system?socket=/s%20s", false, "exec 'nc' -U '/s s'")]
    [InlineData("qemu+ssh://h/system?netcat=/opt/nc", false, "exec '/opt/nc' -U '/var/run/libvirt/libvirt-sock'")]
    [InlineData("qemu+ssh://h/system", false, "command -v virt-ssh-helper")]
    [InlineData("qemu+ssh://h/system", false, "exec 'nc' -U '/var/run/libvirt/libvirt-sock'")]
    [InlineData("qemu+ssh://h/session", false, "exec virt-ssh-helper 'qemu:///session'")]
    public void The_proxy_rules_decide_what_runs_on_the_far_side(string uri, bool readOnly, string part) =>
        Assert.Contains(part, SshCommand.FarSide(LibvirtUri.Parse(uri), readOnly), StringComparison.Ordinal);

    [Theory]
    [InlineData("qemu+ssh://h/system?proxy=netcat", "virt-ssh-helper")]
    [InlineData("qemu+ssh://h/system?socket=/s", "virt-ssh-helper")]
    [InlineData("qemu+ssh://h/system?proxy=native", "nc")]
    public void What_the_uri_excludes_does_not_run(string uri, string program) =>
        Assert.DoesNotContain($"{program} ", SshCommand.FarSide(LibvirtUri.Parse(uri), readOnly: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("qemu+ssh://h/session?proxy=netcat", "socket")]
    [InlineData("qemu+ssh://h/system?proxy=native&socket=/s", "virt-ssh-helper")]
    [InlineData("qemu+ssh://h/system?proxy=netcat&mode=direct", "socket")]
    public void What_cannot_work_is_refused_before_ssh_is_started(string uri, string part)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(
            () => SshCommand.Build(LibvirtUri.Parse(uri), readOnly: false, Limit));

        Assert.Equal(ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_uri_is_run_by_the_far_sides_shell()
    {
        // 'false' stands for a netcat that knows no -q; the hostile parts would leave a file behind.
        string trace = Path.Combine(Path.GetTempPath(), $"trace-{Guid.NewGuid():N}");
        string command = SshCommand.Build(
            LibvirtUri.Parse($"qemu+ssh://h/system?socket=/s'%3Btouch {trace}%3B'$(touch {trace})&netcat=false"), readOnly: false, Limit).Arguments[^1];

        using System.Diagnostics.Process shell = System.Diagnostics.Process.Start("sh", ["-c", command]);
        shell.WaitForExit();

        Assert.Equal(1, shell.ExitCode);
        Assert.False(File.Exists(trace));
    }
}
