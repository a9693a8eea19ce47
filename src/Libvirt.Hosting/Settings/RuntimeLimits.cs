namespace Libvirt.Hosting.Settings;

/// <summary>What the hypervisors of a runtime have in common; the properties of <see cref="LibvirtRuntime"/> of the same names.</summary>
internal sealed record RuntimeLimits
{
    private readonly int _maxReaderThreads = 16;
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

    /// <summary>Has a runtime keep to them.</summary>
    public LibvirtRuntime Apply(LibvirtRuntime runtime)
    {
        runtime.MaxReaderThreads = MaxReaderThreads;
        runtime.MaxReconnectsPerSecond = MaxReconnectsPerSecond;
        return runtime;
    }
}
