using System.Diagnostics;
using Libvirt.Testing;
using Microsoft.Win32.SafeHandles;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>The telemetry of calls that pass file descriptors to a real daemon.</summary>
[Collection(nameof(Recorded))]
public sealed class DescriptorTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_passes_descriptors_is_told_of_like_any_other()
    {
        using Recorded recorded = new();
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync(cancellationToken: Cancellation);
        string address = $"server.address={daemon.SocketPath}";
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(
            daemon.SessionUri, new HypervisorOptions { FileDescriptors = true }, Cancellation);
        Domain domain = await hypervisor.DefineDomainXmlAsync(
            "<domain type='qemu'><name>disks</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>",
            cancellationToken: Cancellation);
        using SafeFileHandle file = File.OpenHandle(Scratch.NewPath("file"), FileMode.Create, FileAccess.ReadWrite);
        using Activity caller = new Activity("caller").Start();

        await domain.FDAssociateAsync("disk", [file], cancellationToken: Cancellation);
        LibvirtRemoteException refused = await Assert.ThrowsAnyAsync<LibvirtRemoteException>(
            () => hypervisor.CreateDomainWithFilesAsync("<domain/>", [file], cancellationToken: Cancellation).AsTask());

        Activity taken = Assert.Single(recorded.Activities, activity => Is(activity, "remote/domain_fd_associate", daemon));
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset, caller.SpanId), (taken.Kind, taken.Status, taken.ParentSpanId));
        Assert.Single(recorded.Of("rpc.client.duration", address, "rpc.method=domain_fd_associate"));
        Activity failed = Assert.Single(recorded.Activities, activity => Is(activity, "remote/domain_create_xml_with_files", daemon));
        Assert.Equal(
            (ActivityStatusCode.Error, (object)refused.Code.ToString()), (failed.Status, failed.GetTagItem("rpc.response.status_code")));
        Assert.Single(recorded.Of(
            "rpc.client.duration", address, "rpc.method=domain_create_xml_with_files", $"rpc.response.status_code={refused.Code}"));
        Assert.Equal(0, recorded.Of("rpc.client.active_calls", address).Sum(static one => one.Value));
    }

    private static bool Is(Activity activity, string name, LibvirtDaemon daemon) =>
        activity.DisplayName == name && activity.GetTagItem("server.address") as string == daemon.SocketPath;
}
