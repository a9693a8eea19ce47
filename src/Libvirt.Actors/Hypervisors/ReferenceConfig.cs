using Akka.Configuration;

namespace Libvirt;

/// <summary>The defaults of all settings below <c>libvirt</c>: <c>reference.conf</c>, which is embedded in the assembly.</summary>
internal static class ReferenceConfig
{
    private static readonly Lazy<Config> Parsed = new(static () => ConfigurationFactory.FromResource("Libvirt.reference.conf", typeof(ReferenceConfig).Assembly));

    public static Config Value => Parsed.Value;

    /// <summary>For an actor system that the program has not configured: a library must not write to the console, nor act on the signals of the process.</summary>
    public static Config Silent => ConfigurationFactory.ParseString(
        "akka { loggers = [], stdout-loglevel = OFF, log-dead-letters = off, coordinated-shutdown.run-by-clr-shutdown-hook = off }");
}
