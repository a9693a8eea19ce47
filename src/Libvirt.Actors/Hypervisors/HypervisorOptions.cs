
namespace Libvirt;

/// <summary>Settings of the connection to one hypervisor. Checked when they are set.</summary>
public sealed record HypervisorOptions
{
    private readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _closeTimeout = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _readTimeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _callTimeout = Timeout.InfiniteTimeSpan;
    private readonly TimeSpan _keepAliveInterval = TimeSpan.FromSeconds(5);
    private readonly TimeSpan _readyTimeout = TimeSpan.FromSeconds(10);
    private readonly ProcedureSet _slowProcedures = ProcedureSet.Empty;
    private readonly BackoffPolicy _reconnectBackoff = new();
    private readonly int? _reconnectAttempts;
    private readonly int _keepAliveCount = 5;
    private readonly TimeSpan _slowCallAfter = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _extraConnectionIdle = TimeSpan.FromMinutes(1);
    private readonly int _maxConnections = 4;
    private readonly int _maxBulkConnections = 4;
    private readonly int _maxInteractiveConnections = 32;
    private readonly int _streamBuffer = 4 * 1024 * 1024;
    private readonly int _maxInFlight = 5;
    private readonly int _queueCapacity = 16384;

    /// <summary>Every setting at its default.</summary>
    public static HypervisorOptions Default { get; } = new();

    /// <summary>Opens the driver for reading only: <c>VIR_CONNECT_RO</c>. Default false.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long reaching the daemon, and the handshake with it, may take. Default 30 s each.</summary>
    public TimeSpan ConnectTimeout
    {
        get => _connectTimeout;
        init => _connectTimeout = Positive(value, nameof(ConnectTimeout));
    }

    /// <summary>How long an orderly close waits for calls under way and for the daemon's goodbye. Default 5 s.</summary>
    public TimeSpan CloseTimeout
    {
        get => _closeTimeout;
        init => _closeTimeout = Positive(value, nameof(CloseTimeout));
    }

    /// <summary>How long a call that only reads may take, queueing included. Default 30 s; infinite is allowed.</summary>
    public TimeSpan ReadTimeout
    {
        get => _readTimeout;
        init => _readTimeout = PositiveOrInfinite(value, nameof(ReadTimeout));
    }

    /// <summary>
    /// How long a call that changes something may take, queueing included. Default infinite: a migration or a managed save may rightly take hours,
    /// and a dead daemon is noticed by keepalive.
    /// </summary>
    public TimeSpan CallTimeout
    {
        get => _callTimeout;
        init => _callTimeout = PositiveOrInfinite(value, nameof(CallTimeout));
    }

    /// <summary>After how much silence the daemon is pinged, and again after as much more. Default 5 s; infinite turns keepalive off.</summary>
    public TimeSpan KeepAliveInterval
    {
        get => _keepAliveInterval;
        init => _keepAliveInterval = PositiveOrInfinite(value, nameof(KeepAliveInterval));
    }

    /// <summary>
    /// How many times <see cref="KeepAliveInterval"/> a daemon may be silent before its connection counts as dead. Default 5, which makes 25 s. With 1, the
    /// ping leaves at half the interval.
    /// </summary>
    public int KeepAliveCount
    {
        get => _keepAliveCount;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(KeepAliveCount));
            _keepAliveCount = value;
        }
    }

    /// <summary>
    /// How many calls may be on the wire at once, one of them kept free for control calls. Keep it at or below the daemon's
    /// <c>max_client_requests</c>, or the daemon stops reading and with it answering pings. Default 5, as libvirtd's. Of calls that only read and that
    /// wait for no guest, such as listing domains, up to 32 are sent while the daemon answers them within 20 ms.
    /// </summary>
    public int MaxInFlight
    {
        get => _maxInFlight;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2, nameof(MaxInFlight));
            _maxInFlight = value;
        }
    }

    /// <summary>
    /// How many connections calls may use. There is one until every place of its window is held by a call that is slower than
    /// <see cref="SlowCallAfter"/> and others wait; those go to a further connection then, so that one stuck domain does not hold up the rest.
    /// Default 4; 1 never opens another. Each counts as a client of the daemon (<c>max_clients</c>).
    /// </summary>
    public int MaxConnections
    {
        get => _maxConnections;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaxConnections));
            _maxConnections = value;
        }
    }

    /// <summary>
    /// Procedures whose calls are known to take long where you work, such as those that wait for an agent in a guest. They go to a further connection, and
    /// the first of them has it opened, so that they need not be found slow before others get past them. Needs a <see cref="MaxConnections"/> of 2 or
    /// more. What belongs to one connection at the daemon, such as domains created to be destroyed with it or files passed to it, must not be named here.
    /// Default none: whatever proves slow makes room by itself.
    /// </summary>
    public ProcedureSet SlowProcedures
    {
        get => _slowProcedures;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(SlowProcedures));
            _slowProcedures = value;
        }
    }

    /// <summary>
    /// How many further connections transfers (volumes, screenshots) may use, one stream each at a time; others wait for their turn. Default 4.
    /// Each counts as a client of the daemon (<c>max_clients</c>).
    /// </summary>
    public int MaxBulkConnections
    {
        get => _maxBulkConnections;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaxBulkConnections));
            _maxBulkConnections = value;
        }
    }

    /// <summary>
    /// How many further connections consoles and channels may use that have one of their own, one stream each at a time; others wait for their turn.
    /// Default 32. Each counts as a client of the daemon (<c>max_clients</c>).
    /// </summary>
    public int MaxInteractiveConnections
    {
        get => _maxInteractiveConnections;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaxInteractiveConnections));
            _maxInteractiveConnections = value;
        }
    }

    /// <summary>
    /// How many bytes of a bulk stream may wait for its reader before its socket is read no further. Default 4 MiB; 4 KiB or more. What the
    /// socket was last read for, usually below 512 KiB, comes on top.
    /// </summary>
    public int StreamBuffer
    {
        get => _streamBuffer;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 4096, nameof(StreamBuffer));
            _streamBuffer = value;
        }
    }

    /// <summary>From when on a call that has not been answered counts as slow. Default 1 s.</summary>
    public TimeSpan SlowCallAfter
    {
        get => _slowCallAfter;
        init => _slowCallAfter = Positive(value, nameof(SlowCallAfter));
    }

    /// <summary>After how long without a call a further connection is closed. Default 1 minute.</summary>
    public TimeSpan ExtraConnectionIdle
    {
        get => _extraConnectionIdle;
        init => _extraConnectionIdle = Positive(value, nameof(ExtraConnectionIdle));
    }

    /// <summary>How many calls may wait for their turn on one connection; more fail with <see cref="LibvirtQueueFullException"/>. Default 16384.</summary>
    public int QueueCapacity
    {
        get => _queueCapacity;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(QueueCapacity));
            _queueCapacity = value;
        }
    }

    /// <summary>
    /// Whether a lost connection is made again: for ever by default. Off: the hypervisor closes with the first connection it loses.
    /// </summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>
    /// The delays between attempts. Default 200 ms doubling up to 30 s, less up to a half by chance. Where very many hypervisors connect again at once,
    /// <see cref="LibvirtRuntime.MaxReconnectsPerSecond"/> spreads them further.
    /// </summary>
    public BackoffPolicy ReconnectBackoff
    {
        get => _reconnectBackoff;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ReconnectBackoff));
            _reconnectBackoff = value;
        }
    }

    /// <summary>How many attempts in a row may fail before the hypervisor closes; null, the default, for no limit.</summary>
    public int? ReconnectAttempts
    {
        get => _reconnectAttempts;
        init
        {
            if (value is { } attempts)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempts, nameof(ReconnectAttempts));
            _reconnectAttempts = value;
        }
    }

    /// <summary>
    /// How long a call that is made while there is no connection waits for one; zero fails it at once. The call's own time runs on meanwhile.
    /// Default 10 s.
    /// </summary>
    public TimeSpan ReadyTimeout
    {
        get => _readyTimeout;
        init => _readyTimeout = value == TimeSpan.Zero ? value : PositiveOrInfinite(value, nameof(ReadyTimeout));
    }

    /// <summary>
    /// Whether a call that only reads is sent again on the next connection when the one that carried it was lost, within its time. Default true.
    /// Other calls are never repeated.
    /// </summary>
    public bool RetryReads { get; init; } = true;

    /// <summary>
    /// Who gives name and password where a daemon asks for them, such as <see cref="LibvirtCredentials"/>. Null, the default: libvirt's auth.conf.
    /// </summary>
    public ICredentialProvider? Credentials { get; init; }

    /// <summary>
    /// Who is asked for name and password last, where neither <see cref="Credentials"/> nor auth.conf has them and the daemon does not offer Kerberos: a
    /// person at a terminal, say. It may take its time, for <see cref="ConnectTimeout"/> begins anew behind it. Null, the default: nobody.
    /// </summary>
    public ICredentialProvider? CredentialPrompt { get; init; }

    /// <summary>
    /// Whether file descriptors can be passed to and from the daemon, which works over unix sockets only. Default false, since looking for them makes
    /// receiving a little slower.
    /// </summary>
    public bool FileDescriptors { get; init; }

    /// <summary>
    /// Whether the code that awaits a call may continue on the reader thread of a busy connection. Such code may do anything: where it blocks, another thread
    /// continues to read within one or two milliseconds. When false, it always continues on the thread pool, which costs several times the CPU of a small call.
    /// Default true.
    /// </summary>
    public bool InlineContinuations { get; init; } = true;

    private static TimeSpan PositiveOrInfinite(TimeSpan value, string name) =>
        value == Timeout.InfiniteTimeSpan ? value : Positive(value, name);

    private static TimeSpan Positive(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(24), name);
        return value;
    }
}
