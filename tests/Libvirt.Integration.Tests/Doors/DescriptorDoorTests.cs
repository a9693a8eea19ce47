using Libvirt.Testing;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Integration.Doors;

/// <summary>Calls that pass file descriptors, through the doors by which none can pass.</summary>
public sealed class DescriptorDoorTests(DoorsFixture doors) : IClassFixture<DoorsFixture>
{
    [Theory]
    [InlineData("tcp", "tcp")]
    [InlineData("tls", "tls")]
    [InlineData("sasl by tls", "tls")]
    [InlineData("ssh to netcat", "ssh")]
    [InlineData("libssh to netcat", "ssh")]
    [InlineData("ext", "ext")]
    public async Task Each_call_says_that_only_a_unix_socket_passes_them_and_leaves_the_file_with_the_caller(string door, string transport)
    {
        string path = Scratch.NewPath("file");
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(doors.Uri(door), doors.Options with { FileDescriptors = true });
        Domain domain = (await hypervisor.ListAllDomainsAsync())[0];
        SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        Func<Task>[] calls =
        [
            () => hypervisor.CreateDomainWithFilesAsync("<domain/>", [file]).AsTask(),
            () => domain.CreateWithFilesAsync([file, file]).AsTask(),
            () => domain.FDAssociateAsync("disk", [file]).AsTask(),
            () => domain.OpenGraphicsAsync(0, file).AsTask(),
            () => domain.OpenGraphicsFDAsync().AsTask(),
            () => domain.OpenNamespaceAsync().AsTask(),
            () => domain.QemuMonitorCommandWithFilesAsync("{}", [file]).AsTask(),
        ];

        foreach (Func<Task> call in calls)
        {
            NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(call);
            Assert.Contains("only on a unix socket", error.Message, StringComparison.Ordinal);
            Assert.EndsWith($"goes by {transport}.", error.Message, StringComparison.Ordinal);
        }

        Assert.False(file.IsClosed);
        Assert.Equal(1, OpenCount(path));
        file.Dispose();
        Assert.Equal(0, OpenCount(path));
        Assert.NotEmpty(await hypervisor.ListAllDomainsAsync());
    }

    private static int OpenCount(string path) => Directory.GetFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget == path);
}
