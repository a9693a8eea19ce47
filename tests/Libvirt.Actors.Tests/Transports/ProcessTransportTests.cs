using System.Text;
using Libvirt.Testing;
using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class ProcessTransportTests
{
    [Fact]
    public async Task Bytes_go_in_and_come_out()
    {
        using ProcessTransport cat = Start("exec cat");

        await cat.SendAsync("there and back"u8.ToArray());

        Assert.Equal("there and back", await ReadAsync(cat, 14));
    }

    [Fact]
    public async Task What_the_program_says_last_is_the_error()
    {
        using ProcessTransport program = Start("echo some words; echo 'no such host: hv9' >&2; exit 7", isSsh: false);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => ReadAsync(program, int.MaxValue));

        Assert.Equal(ConnectFailure.TunnelFailed, error.Reason);
        Assert.Contains("no such host: hv9", error.Message, StringComparison.Ordinal);
        Assert.Contains("7", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Theory]
    [InlineData("root@hv1: Permission denied (publickey,password).", ConnectFailure.AuthenticationFailed)]
    [InlineData("Host key verification failed.", ConnectFailure.SshHostKey)]
    [InlineData("ssh: connect to host hv1 port 22: Connection refused", ConnectFailure.TunnelFailed)]
    public async Task Ssh_s_own_words_tell_what_a_repetition_can_mend(string words, ConnectFailure reason)
    {
        using ProcessTransport program = Start($"echo '{words}' >&2; exit 255");

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => ReadAsync(program, 1));

        Assert.Equal(reason, error.Reason);
        Assert.Equal(reason == ConnectFailure.TunnelFailed, error.IsTransient);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_complains_without_end_fills_no_memory_and_does_not_stand_still()
    {
        using ProcessTransport program = Start("i=0; while [ $i -lt 20000 ]; do echo \"line $i of much talk\" >&2; i=$((i+1)); done; echo through; exit 1");

        Assert.Equal("through\n", await ReadAsync(program, 8));
        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => ReadAsync(program, 1));
        Assert.Contains("line 19999", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 8192);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(
            () => ProcessTransport.Start(new ProcessEndpoint("/nowhere/ssh", [], "hv1", IsSshTunnel: true)));

        Assert.Equal(ConnectFailure.TunnelFailed, error.Reason);
        Assert.Contains("/nowhere/ssh", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_ends_the_program_its_children_and_what_is_pending()
    {
        ProcessTransport program = Start("sleep 300 & echo $! $$; wait");
        string[] ids = (await ReadLineAsync(program)).Split(' ');
        Task<int> pending = program.ReceiveAsync(new byte[1]).AsTask();

        program.Dispose();
        program.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => pending.WaitAsync(TimeSpan.FromSeconds(60)));
        foreach (string id in ids)
            await WaitUntilGoneAsync(id);
    }

    private static ProcessTransport Start(string script, bool isSsh = true) =>
        ProcessTransport.Start(new ProcessEndpoint("sh", ["-c", script], "hv1", isSsh));

    private static async Task<string> ReadAsync(IByteTransport transport, int count)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[256];
        while (text.Length < count)
            text.Append(Encoding.ASCII.GetString(buffer, 0, await transport.ReceiveAsync(buffer.AsMemory(0, Math.Min(256, count - text.Length)))));
        return text.ToString();
    }

    private static async Task<string> ReadLineAsync(IByteTransport transport)
    {
        string line = "";
        while (!line.EndsWith('\n'))
            line += await ReadAsync(transport, 1);
        return line.TrimEnd();
    }

    // It may go between the question whether it is there and the look at it, which then fails and is repeated.
    private static Task WaitUntilGoneAsync(string id) => Eventually.IsTrueAsync(
        () => !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal));
}
