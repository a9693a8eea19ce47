using System.Globalization;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Output;

namespace Libvirt.Cli.Commands;

/// <summary><c>dominfo</c>: the facts about one domain.</summary>
internal sealed class DomInfoCommand() : DomainCommand("dominfo", "Print the facts about a domain.")
{
    private const double NanosecondsPerSecond = 1e9;

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        CancellationToken cancellation = invocation.CancellationToken;
        string osType = await domain.GetOSTypeAsync(cancellationToken: cancellation).ConfigureAwait(false);
        DomainInfo info = await domain.GetInfoAsync(cancellationToken: cancellation).ConfigureAwait(false);
        List<Field> fields =
        [
            DomainFields.Id(domain),
            DomainFields.Name(domain),
            DomainFields.Uuid(domain),
            Field.Of("osType", "OS Type", osType),
            DomainFields.State(info.State),
            Field.Of("nrVirtCpu", "CPU(s)", info.VcpuCount),
            new Field("cpuTime", "CPU time", Seconds(info.CpuTime), info.CpuTime),
            Field.Of("maxMem", "Max memory", info.MaxMemory, "KiB"),
            Field.Of("memory", "Used memory", info.Memory, "KiB"),
            Field.Of("persistent", "Persistent", await domain.IsPersistentAsync(cancellationToken: cancellation).ConfigureAwait(false)),
        ];
        await AddIfServedAsync(fields, async () => Field.Of(
            "autostart", "Autostart", await domain.GetAutostartAsync(cancellationToken: cancellation).ConfigureAwait(false), "enable", "disable")).ConfigureAwait(false);
        await AddIfServedAsync(fields, async () => Field.Of(
            "managedSave", "Managed save", await domain.HasManagedSaveImageAsync(cancellationToken: cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        await AddSecurityAsync(fields, domain, cancellation).ConfigureAwait(false);
        invocation.Output.Record(fields);
    }

    private static async Task AddSecurityAsync(List<Field> fields, Domain domain, CancellationToken cancellation)
    {
        SecurityModel model = default;
        await IfServedAsync(async () =>
            model = await domain.Hypervisor.GetNodeSecurityModelAsync(cancellationToken: cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        if (string.IsNullOrEmpty(model.Model))
            return;
        fields.Add(Field.Of("securityModel", "Security model", model.Model));
        fields.Add(Field.Of("securityDoi", "Security DOI", model.Doi));
        await AddIfServedAsync(fields, async () =>
        {
            SecurityLabel label = await domain.GetSecurityLabelAsync(cancellationToken: cancellation).ConfigureAwait(false);
            string enforcing = label.Enforcing ? "enforcing" : "permissive";
            return label.Label.Length == 0 ? null : new Field("securityLabel", "Security label", $"{label.Label} ({enforcing})", label.Label);
        }).ConfigureAwait(false);
    }

    private static Task AddIfServedAsync(List<Field> fields, Func<Task<Field?>> find) => IfServedAsync(async () =>
    {
        if (await find().ConfigureAwait(false) is { } field)
            fields.Add(field);
    });

    /// <summary>Not every driver serves every fact; what it does not serve is left out.</summary>
    private static async Task IfServedAsync(Func<Task> find)
    {
        try
        {
            await find().ConfigureAwait(false);
        }
        catch (LibvirtRemoteException refusal) when (refusal.Code is ErrorNumber.NoSupport or ErrorNumber.OperationUnsupported)
        {
        }
    }

    private static string Seconds(ulong nanoseconds) =>
        (nanoseconds / NanosecondsPerSecond).ToString("0.0", CultureInfo.InvariantCulture) + "s";
}
