namespace Libvirt.Kill.Running;

/// <summary>One kill of a daemon.</summary>
/// <param name="Begun">Before the signal was sent.</param>
/// <param name="Dead">When the process had ended.</param>
internal sealed record Kill(DateTimeOffset Begun, DateTimeOffset Dead);
