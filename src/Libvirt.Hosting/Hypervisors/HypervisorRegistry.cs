using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using Libvirt.Hosting.Diagnostics;
using Libvirt.Hosting.Settings;
using Libvirt.Settings;
using Microsoft.Extensions.Logging;

namespace Libvirt.Hosting.Hypervisors;

/// <summary>The hypervisors of an actor system by name. It has those of the settings from its construction on, so that they can be injected.</summary>
internal sealed partial class HypervisorRegistry : IHypervisors, IHypervisorDirectory, IExtension, IAsyncDisposable
{
    private static readonly ImmutableDictionary<string, Hypervisor> None = ImmutableDictionary.Create<string, Hypervisor>(StringComparer.OrdinalIgnoreCase);

    private readonly Lock _lock = new();
    private readonly LibvirtRuntime _runtime;
    private readonly HostSettingsReader _reader;
    private readonly ILogger _log;
    private readonly ChangeFeed _changes = new();
    private readonly HashSet<Task> _closing = [];

    // The hypervisors of the settings; those that are added at run time are not here.
    private readonly Dictionary<string, Hypervisor> _configured = new(StringComparer.OrdinalIgnoreCase);
    private readonly IDisposable? _changesOfSettings;
    private ImmutableDictionary<string, Hypervisor> _all = None;
    private LibvirtSettings _settings;
    private bool _stopped;

    public HypervisorRegistry(LibvirtRuntime runtime, LibvirtSettings settings, HostSettingsReader reader, ILogger log)
    {
        _runtime = runtime;
        _reader = reader;
        _log = log;
        _settings = settings;
        settings.Runtime.Apply(runtime);
        runtime.Defaults = settings.Defaults;
        runtime.Directory = this;
        foreach ((string name, ConfiguredHypervisor wanted) in settings.Hypervisors)
            AddConfigured(name, wanted);
        CoordinatedShutdown.Get(runtime.System).AddTask(CoordinatedShutdown.PhaseServiceStop, "libvirt-close-registry", StopWithSystemAsync);
        _changesOfSettings = FollowSettings();
    }

    public LibvirtRuntime Runtime => _runtime;

    public IReadOnlyDictionary<string, Hypervisor> All => Volatile.Read(ref _all);

    public Hypervisor Get(string name) => TryGet(name, out Hypervisor? hypervisor)
        ? hypervisor
        : throw new KeyNotFoundException(
            $"There is no hypervisor '{name}'; there are: {string.Join(", ", All.Keys.Order(StringComparer.OrdinalIgnoreCase))}.");

    public bool TryGet(string name, [NotNullWhen(true)] out Hypervisor? hypervisor)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Volatile.Read(ref _all).TryGetValue(name, out hypervisor);
    }

    public Hypervisor Add(string name, string uri, HypervisorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_all.ContainsKey(name))
                throw new ArgumentException($"There is a hypervisor '{name}' already.", nameof(name));
            Hypervisor hypervisor = Start(name, uri, options);
            Publish(HypervisorChangeKind.Added, name, hypervisor);
            return hypervisor;
        }
    }

    public async ValueTask<bool> RemoveAsync(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Task closing;
        lock (_lock)
        {
            if (!_all.TryGetValue(name, out Hypervisor? hypervisor))
                return false;
            closing = Remove(name, hypervisor);
        }

        await closing.ConfigureAwait(false);
        return true;
    }

    public async IAsyncEnumerable<HypervisorChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChannelReader<HypervisorChange> changes;
        lock (_lock)
        {
            changes = _changes.Join(_all.Select(static pair => new HypervisorChange(HypervisorChangeKind.Added, pair.Key, pair.Value)));
            if (_stopped)
                _changes.Complete();
        }

        try
        {
            await foreach (HypervisorChange change in changes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            lock (_lock)
                _changes.Leave(changes);
        }
    }

    private Hypervisor Start(string name, string uri, HypervisorOptions? options) => _runtime.Add(LibvirtUri.Resolve(uri), options, name);

    private void Publish(HypervisorChangeKind kind, string name, Hypervisor hypervisor)
    {
        Volatile.Write(ref _all, kind == HypervisorChangeKind.Removed ? _all.Remove(name) : _all.SetItem(name, hypervisor));
        _changes.Publish(new HypervisorChange(kind, name, hypervisor));
    }

    private Task Remove(string name, Hypervisor hypervisor)
    {
        _configured.Remove(name);
        Publish(HypervisorChangeKind.Removed, name, hypervisor);
        return Close(name, hypervisor);
    }

    private Task Close(string name, Hypervisor hypervisor)
    {
        Task closing = CloseAsync(name, hypervisor);
        if (!closing.IsCompleted)
        {
            _closing.Add(closing);
            _ = closing.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return closing;
    }

    private async Task CloseAsync(string name, Hypervisor hypervisor)
    {
        await hypervisor.DisposeAsync().ConfigureAwait(false);
        HostingLog.Closed(_log, name);
    }

    private void Forget(Task closing)
    {
        lock (_lock)
            _closing.Remove(closing);
    }
}
