namespace Libvirt.Cli.Failures;

/// <summary>The daemon wants a name and a password, and there is nobody who gives them.</summary>
internal sealed class NoCredentialsException(string message, Exception cause) : Exception(message, cause);
