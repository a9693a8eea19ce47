namespace Libvirt.Cli.Commands;

/// <summary>The options that <c>start</c> and <c>create</c> share.</summary>
internal static class CreateFlags
{
    public static IEnumerable<FlagOption> Options() =>
    [
        new("--paused", (uint)DomainCreateFlags.StartPaused, "Leave its processors stopped; 'resume' lets it go."),
        new("--autodestroy", (uint)DomainCreateFlags.StartAutoDestroy, "Destroy it when this connection ends, which is when the command does."),
        new("--reset-nvram", (uint)DomainCreateFlags.StartResetNvram, "Make its firmware's variables anew from their template."),
    ];
}
