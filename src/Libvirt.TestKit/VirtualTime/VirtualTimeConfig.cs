using System.Globalization;
using Akka.Configuration;

namespace Libvirt.TestKit;

/// <summary>The configuration of an actor system on virtual time.</summary>
internal static class VirtualTimeConfig
{
    private const string LimitPath = "libvirt-testkit.real-time-limit";

    public static Config Create(VirtualTimeProvider time, TimeSpan realTimeLimit)
    {
        string limit = realTimeLimit.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture) + "ms";
        return ConfigurationFactory.ParseString(
            $$"""
            {{LimitPath}} = {{limit}}
            {{ClockRegistry.Path}} = "{{ClockRegistry.Register(time)}}"
            akka {
              loglevel = DEBUG
              stdout-logger-class = "{{typeof(SilentLogger).AssemblyQualifiedName}}"
              stdout-loglevel = OFF
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              scheduler.implementation = "{{typeof(VirtualTimeScheduler).AssemblyQualifiedName}}"
              actor {
                default-dispatcher.type = "{{typeof(TrackedDispatcherConfigurator).AssemblyQualifiedName}}"
                internal-dispatcher.type = "{{typeof(TrackedDispatcherConfigurator).AssemblyQualifiedName}}"
                default-blocking-io-dispatcher.type = "{{typeof(TrackedDispatcherConfigurator).AssemblyQualifiedName}}"
              }
              test {
                # The dispatcher of the test kit has no guard against nesting.
                test-actor.dispatcher.type = "{{typeof(TrackedInlineDispatcherConfigurator).AssemblyQualifiedName}}"
                test-actor.dispatcher.throughput = 100
                single-expect-default = {{limit}}
                default-timeout = {{limit}}
                expect-no-message-default = 0s
              }
            }
            libvirt.inline-dispatcher.type = "{{typeof(TrackedInlineDispatcherConfigurator).AssemblyQualifiedName}}"
            """);
    }

    public static TimeSpan ReadLimit(Config config) => config.GetTimeSpan(LimitPath, VirtualTime.DefaultRealTimeLimit);
}
