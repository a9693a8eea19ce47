namespace Libvirt.Cli.Failures;

/// <summary>The command cannot be carried out as it was written. Nothing was sent.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause);
