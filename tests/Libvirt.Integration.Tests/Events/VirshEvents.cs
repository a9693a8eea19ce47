using System.Text.RegularExpressions;
using Libvirt.Testing;

namespace Libvirt.Integration.Events;

/// <summary>virsh's <c>event</c> command, running: the lifecycle events it prints, as they come.</summary>
internal sealed partial class VirshEvents : IAsyncDisposable
{
    private readonly FollowedVirsh _virsh;

    private VirshEvents(string uri) => _virsh = new FollowedVirsh(uri, "event", "--event", "lifecycle", "--loop");

    /// <summary>Starts it and waits until it follows, by knocking with a domain that is defined and undefined until virsh has noticed.</summary>
    public static async Task<VirshEvents> StartAsync(string uri, Hypervisor hypervisor)
    {
        VirshEvents virsh = new(uri);
        await Eventually.GetAsync(
            async () =>
            {
                Domain knock = await hypervisor.DefineDomainXmlAsync(
                    "<domain type='qemu'><name>knock</name><memory>8192</memory><os><type>hvm</type></os></domain>");
                await knock.UndefineAsync();
                return virsh.Of("knock").Length;
            },
            count => count > 0);
        return virsh;
    }

    /// <summary>What it has printed of one domain so far.</summary>
    public DomainEventType[] Of(string domain) =>
    [
        .. _virsh.Lines.Select(line => Line().Match(line)).Where(match => match.Success && match.Groups[1].Value == domain)
            .Select(match => Enum.Parse<DomainEventType>(match.Groups[2].Value)),
    ];

    public ValueTask DisposeAsync() => _virsh.DisposeAsync();

    [GeneratedRegex(@"'lifecycle' for domain '?([^':]+)'?: (\w+)")]
    private static partial Regex Line();
}
