namespace Libvirt.Streams;

/// <summary>The control of a source whose users get none.</summary>
internal sealed class UnseenControl : StreamControl;
