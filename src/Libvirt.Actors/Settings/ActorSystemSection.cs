using Akka.Actor;
using Akka.Configuration.Hocon;

namespace Libvirt.Settings;

/// <summary>The section <c>libvirt</c> of an actor system's own configuration, without the defaults of <c>reference.conf</c>.</summary>
internal sealed class ActorSystemSection : IExtension
{
    public const string Path = "libvirt";

    private ActorSystemSection(HoconValue? value)
    {
        Value = value;
    }

    /// <summary>The section; null when the configuration has none.</summary>
    public HoconValue? Value { get; }

    /// <summary>The section of a system. The runtime asks for it before it adds the defaults, after which the two could not be told apart.</summary>
    public static ActorSystemSection Of(ActorSystem system) => system.WithExtension<ActorSystemSection, Provider>();

    private sealed class Provider : ExtensionIdProvider<ActorSystemSection>
    {
        public override ActorSystemSection CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config.GetValue(Path));
    }
}
