using Akka.Configuration;

namespace Libvirt.TestKit;

/// <summary>Options of a <see cref="VirtualActorSystem"/>.</summary>
public sealed record VirtualActorSystemOptions
{
    /// <summary>The name of the actor system.</summary>
    public string Name { get; init; } = "test";

    /// <summary>The initial time of the clock.</summary>
    public DateTimeOffset Start { get; init; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// How long a wait may take in real time before it fails. Generous, because a machine may be busy. Default 30 seconds.
    /// </summary>
    public TimeSpan RealTimeLimit { get; init; } = VirtualTime.DefaultRealTimeLimit;

    /// <summary>Receives each log record as a line of text, for instance the output of the running test. None by default.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>Configuration that takes precedence over the one for virtual time. None by default.</summary>
    public Config Config { get; init; } = Config.Empty;

    /// <summary>
    /// Whether disposing fails when actors below <c>/user</c> are alive that the test has not stopped. By default they are stopped with
    /// the system.
    /// </summary>
    public bool ExpectActorsStopped { get; init; }
}
