namespace Libvirt.Cli.Diagnostics;

/// <summary>What the user wants logged.</summary>
/// <param name="Level">To stderr, from this level on; null for nothing.</param>
/// <param name="File">The file whose <c>Serilog</c> section says what goes where, whatever the level; null where there is none.</param>
internal sealed record LogChoice(LogThreshold? Level, string? File);
