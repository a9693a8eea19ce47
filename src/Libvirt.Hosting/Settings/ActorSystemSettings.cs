using Actors;

namespace Libvirt.Hosting.Settings;

/// <summary>The settings of the actor system. Its clock and its logging come from the host's services.</summary>
internal static class ActorSystemSettings
{
    public static IReadOnlyList<Setting<ActorSystemOptions>> All { get; } =
    [
        Setting.Text<ActorSystemOptions>("name", nameof(ActorSystemOptions.Name), o => o.Name, (o, v) => o with { Name = v }),
        Setting.Integer<ActorSystemOptions>(
            "max-inline-depth", nameof(ActorSystemOptions.MaxInlineDepth), o => o.MaxInlineDepth, (o, v) => o with { MaxInlineDepth = v }),
    ];
}
