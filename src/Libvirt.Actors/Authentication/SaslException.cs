namespace Libvirt.Authentication;

/// <summary>A mechanism cannot go on. The text says why and holds no secrets.</summary>
internal sealed class SaslException(string message, Exception? innerException = null) : Exception(message, innerException);
