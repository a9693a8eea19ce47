namespace Libvirt;

/// <summary>For what a daemon wants credentials.</summary>
/// <param name="Host">The daemon's host as the URI names it; <c>localhost</c> for this machine.</param>
/// <param name="UserName">The user that the URI names; null when it names none.</param>
public sealed record CredentialRequest(string Host, string? UserName);
