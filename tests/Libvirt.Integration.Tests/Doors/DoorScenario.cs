using System.Security.Cryptography;
using Libvirt.Events;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>What must work through any door to a daemon whose session has a QEMU driver.</summary>
internal static class DoorScenario
{
    private const int Calls = 1000;
    private const int StreamBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="uri">The door.</param>
    /// <param name="options">What opens it, without reconnecting.</param>
    /// <param name="daemon">The daemon behind the door, which is killed in the end.</param>
    /// <param name="storageUri">
    /// The way up for what then comes down through the door, where the daemon behind it has its storage at another daemon: libvirt 9.0 now and then ceases to
    /// pass on an upload from one daemon to the next.
    /// </param>
    public static async Task RunAsync(string uri, HypervisorOptions options, LibvirtDaemon daemon, string? storageUri = null)
    {
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(uri, options);
        await CallAsync(hypervisor);
        await HearAsync(hypervisor);
        if (storageUri is null)
        {
            await StreamAsync(hypervisor, hypervisor, daemon);
        }
        else
        {
            await using Hypervisor storage = await Hypervisor.ConnectAsync(storageUri, options);
            await using Hypervisor reconnecting = await Hypervisor.ConnectAsync(uri, options with { Reconnect = true });
            await StreamAsync(storage, reconnecting, daemon);
        }

        await daemon.RestartAsync();

        // Whatever was lost, the first call that fails must say so as documented.
        Exception? error = await Eventually.GetAsync<Exception?>(
            async () => await Record.ExceptionAsync(() => hypervisor.GetLibVersionAsync().AsTask()), failure => failure is not null);
        Assert.IsType<LibvirtConnectionLostException>(error);
    }

    private static async Task CallAsync(Hypervisor hypervisor)
    {
        ulong[] answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => hypervisor.GetLibVersionAsync().AsTask()));

        Assert.Single(answers.Distinct());
    }

    private static async Task HearAsync(Hypervisor hypervisor)
    {
        await using EventSubscription<DomainLifecycleEvent> events = await hypervisor.Events.SubscribeAsync(DomainEvents.Lifecycle);
        await using IAsyncEnumerator<EventNotice<DomainLifecycleEvent>> notices = events.GetAsyncEnumerator();

        Domain domain = await hypervisor.DefineDomainXmlAsync(
            $"<domain type='qemu'><name>{Guid.NewGuid()}</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os></domain>");

        Assert.True(await notices.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal((domain.Uuid, DomainEventType.Defined), (notices.Current.Event!.Domain.Uuid, notices.Current.Event.Event));
        await domain.UndefineAsync();
    }

    private static async Task StreamAsync(Hypervisor wayUp, Hypervisor wayDown, LibvirtDaemon daemon)
    {
        string name = $"{Guid.NewGuid()}";
        StoragePool pool = await wayUp.CreateStoragePoolXmlAsync(
            $"<pool type='dir'><name>{name}</name><target><path>{Path.Combine(daemon.DataDirectory, name)}</path></target></pool>", StoragePoolCreateFlags.WithBuild);
        StorageVolume volume = await pool.CreateVolumeXmlAsync($"<volume><name>v</name><capacity>{StreamBytes}</capacity></volume>");
        byte[] content = RandomNumberGenerator.GetBytes(StreamBytes);
        using MemoryStream up = new(content);
        using SHA256 hash = SHA256.Create();
        await using CryptoStream down = new(Stream.Null, hash, CryptoStreamMode.Write);

        Assert.Equal(StreamBytes, await volume.UploadAsync(up));
        StorageVolume same = await (await wayDown.LookupStoragePoolByNameAsync(name)).LookupVolumeByNameAsync("v");
        Assert.Equal(StreamBytes, await same.DownloadAsync(down));

        await down.FlushFinalBlockAsync();
        Assert.Equal(SHA256.HashData(content), hash.Hash);
        await volume.DeleteAsync();
        await pool.DestroyAsync();
    }
}
