using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>What ssh is told, and what then runs on the far side: beside what virsh tells and runs by the same URI.</summary>
public sealed class SshCommandLineTests
{
    /// <summary>A URI with <c>{netcat}</c> for a netcat of another name, and what runs on the far side.</summary>
    [Theory]
    [InlineData("qemu+ssh://hv1/system", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://ann@hv1:2222/system?keyfile=/k%20k&no_tty=1&no_verify=1", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://ann%40work@hv1/system?no_tty=0&no_verify=0", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://[::1]/system?no_tty=2&no_verify=-1", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh:///system?No_Tty=1&KEYFILE=k", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://hv1/session", "virt-ssh-helper|qemu:///session|")]
    [InlineData("qemu+ssh://hv1/system?proxy=auto", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://hv1/system?proxy=native", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://hv1/system?proxy=netcat", "nc|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?mode=legacy&proxy=netcat", "nc|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?mode=legacy", "virt-ssh-helper|qemu:///system|")]
    [InlineData("qemu+ssh://hv1/system?netcat={netcat}", "other netcat|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?proxy=auto&netcat={netcat}", "other netcat|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?proxy=netcat&netcat={netcat}&socket=/s/s", "other netcat|-U|/s/s|")]
    [InlineData("qemu+ssh://hv1/system?socket=/s/s", "nc|-U|/s/s|")]
    [InlineData("qemu+ssh://hv1/session?socket=/s/s", "nc|-U|/s/s|")]
    [InlineData("qemu+ssh://hv1/session?socket=/s/s&mode=direct", "nc|-U|/s/s|")]
    [InlineData("qemu+ssh://hv1/system?name=test:///default", "virt-ssh-helper|test:///default|")]
    [InlineData("qemu+ssh://hv1/system?name=qemu:///a%2520'b'", "virt-ssh-helper|qemu:///a%20'b'|")]
    [InlineData("remote+ssh://hv1/?proxy=native", "virt-ssh-helper||")]
    public async Task Ssh_is_told_the_same_and_the_same_runs_on_the_far_side(string uri, string ran)
    {
        foreach (bool readOnly in (bool[])[false, true])
        {
            (RecordedSsh ours, RecordedSsh theirs) = (new RecordedSsh(), new RecordedSsh());
            await TryAsync(uri, readOnly, ours, theirs);

            Assert.Equal(theirs.Told, WithoutLimit(ours.Told));
            string expected = !readOnly ? ran : ran.StartsWith("virt", StringComparison.Ordinal) ? ran.Replace("helper|", "helper|-r|", StringComparison.Ordinal)
                : ran.Replace("libvirt-sock", "libvirt-sock-ro", StringComparison.Ordinal);
            Assert.Equal([expected], theirs.Ran);
            Assert.Equal([expected], ours.Ran);
        }
    }

    [Theory]
    [InlineData("qemu+ssh://hv1/system", "nc|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?proxy=auto", "nc|-U|/var/run/libvirt/libvirt-sock|")]
    [InlineData("qemu+ssh://hv1/system?proxy=native", null)]
    public async Task Without_a_helper_on_the_far_side_netcat_runs_where_the_proxy_leaves_the_choice(string uri, string? ran)
    {
        (RecordedSsh ours, RecordedSsh theirs) = (new RecordedSsh(hasHelper: false), new RecordedSsh(hasHelper: false));
        LibvirtConnectException error = await TryAsync(uri, readOnly: false, ours, theirs);

        Assert.Equal(ran is null ? [] : [ran], theirs.Ran);
        Assert.Equal(ran is null ? [] : [ran], ours.Ran);
        if (ran is null)
            Assert.Contains("virt-ssh-helper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_netcat_that_lingers_is_told_not_to()
    {
        (RecordedSsh ours, RecordedSsh theirs) = (new RecordedSsh(netcatKnowsQ: true), new RecordedSsh(netcatKnowsQ: true));
        await TryAsync("qemu+ssh://hv1/system?socket=/s", readOnly: false, ours, theirs);

        Assert.Equal(["nc|-q0|-U|/s|"], theirs.Ran);
        Assert.Equal(["nc|-q|0|-U|/s|"], ours.Ran);
    }

    /// <summary>What virsh would pass to netcat without quotes.</summary>
    [Theory]
    [InlineData("/s%20s", "/s s")]
    [InlineData("/a'b%22c", "/a'b\"c")]
    [InlineData("/$(touch%20trace)%3Bx", "/$(touch trace);x")]
    public async Task A_socket_of_any_name_is_one_argument_of_netcat(string written, string meant)
    {
        RecordedSsh ssh = new();
        await FailAsync($"qemu+ssh://hv1/system?socket={written}", readOnly: false, ssh);

        Assert.Equal([$"nc|-U|{meant}|"], ssh.Ran);
    }

    /// <summary>What is refused before any program is started, and who refuses it.</summary>
    [Theory]
    [InlineData("qemu+ssh://hv1/system?proxy=native&netcat=nc", "both", "netcat")]
    [InlineData("qemu+ssh://hv1/system?proxy=socks", "both", "auto, native or netcat")]
    [InlineData("qemu+ssh://hv1/system?mode=fast", "both", "auto, direct or legacy")]
    [InlineData("qemu+ssh://hv1/system?no_tty=perhaps", "both", "no_tty")]
    [InlineData("qemu+ssh://hv1/system?no_verify=", "both", "no_verify")]
    [InlineData("qemu+ssh://hv1/system?proxy=netcat&mode=direct", "both", "direct")]
    [InlineData("qemu+ext://hv1/system", "both", "command")]
    [InlineData("qemu+ssh://hv1/system?mode=direct", "virsh", "")]
    [InlineData("qemu+ssh://hv1/system?proxy=native&socket=/s", "the runtime", "virt-ssh-helper")]
    [InlineData("qemu+ssh://hv1/session?proxy=netcat", "the runtime", "socket")]
    [InlineData("qemu+ssh://hv1/system?colour=blue", "the runtime", "colour")]
    [InlineData("qemu+ssh://hv1/system?pkipath=/p", "the runtime", "pkipath belongs to tls")]
    public async Task What_cannot_be_meant_is_refused_before_ssh_is_started(string uri, string refuses, string part)
    {
        (RecordedSsh ours, RecordedSsh theirs) = (new RecordedSsh(), new RecordedSsh());
        LibvirtConnectException error = await TryAsync(uri, readOnly: false, ours, theirs);

        Assert.Equal(refuses, (ours.Told.Length == 0, theirs.Told.Length == 0) switch { (true, true) => "both", (true, false) => "the runtime", (false, true) => "virsh", _ => "nobody" });
        Assert.Equal(refuses == "virsh" ? ConnectFailure.TunnelFailed : ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static async Task<LibvirtConnectException> TryAsync(string uri, bool readOnly, RecordedSsh ours, RecordedSsh theirs)
    {
        CommandResult virsh = await Virsh.On(Complete(uri, theirs)).TryAsync(readOnly ? ["-r", "uri"] : ["uri"]);
        Assert.NotEqual(0, virsh.ExitCode);
        return await FailAsync(uri, readOnly, ours);
    }

    private static async Task<LibvirtConnectException> FailAsync(string uri, bool readOnly, RecordedSsh ssh) => await Assert.ThrowsAsync<LibvirtConnectException>(
        async () => await Hypervisor.ConnectAsync(Complete(uri, ssh), new HypervisorOptions { Reconnect = false, ReadOnly = readOnly }));

    private static string Complete(string uri, RecordedSsh ssh)
    {
        string complete = uri.Replace("{netcat}", Uri.EscapeDataString(ssh.OtherNetcat), StringComparison.Ordinal);
        return uri.Contains("+ext", StringComparison.Ordinal) ? complete
            : $"{complete}{(complete.Contains('?', StringComparison.Ordinal) ? '&' : '?')}command={ssh.Program}";
    }

    // Ours alone: a tunnel whose owner has died ends by itself.
    private static string[] WithoutLimit(string[] told)
    {
        int limit = Array.FindIndex(told, word => word.StartsWith("ConnectTimeout=", StringComparison.Ordinal));
        return [.. told[..(limit - 1)], .. told[(limit + 1)..]];
    }
}
