using Libvirt.Threads;

namespace Libvirt.Settings;

/// <summary>The limits that the hypervisors of a runtime share; the properties of <see cref="LibvirtRuntime"/> of the same names.</summary>
internal sealed record RuntimeLimits
{
    private readonly int _maxReaderThreads = ReaderThreads.DefaultLimit;
    private readonly int _maxReconnectsPerSecond = 2000;

    /// <inheritdoc cref="LibvirtRuntime.MaxReaderThreads"/>
    public int MaxReaderThreads
    {
        get => _maxReaderThreads;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxReaderThreads = value;
        }
    }

    /// <inheritdoc cref="LibvirtRuntime.MaxReconnectsPerSecond"/>
    public int MaxReconnectsPerSecond
    {
        get => _maxReconnectsPerSecond;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxReconnectsPerSecond = value;
        }
    }

    /// <summary>Sets the limits of a runtime.</summary>
    public void Apply(LibvirtRuntime runtime)
    {
        runtime.MaxReaderThreads = MaxReaderThreads;
        runtime.MaxReconnectsPerSecond = MaxReconnectsPerSecond;
    }
}
