using Libvirt.Diagnostics;

namespace Libvirt;

/// <summary>
/// The base of all errors between this runtime and a daemon. Messages contain no secrets and no XML, and can be printed: control characters of a peer's text are
/// escaped, and long text is shortened.
/// </summary>
public abstract class LibvirtException : Exception
{
    // A message quotes a peer's text once or twice, between words of its own.
    private const int MaxMessageLength = 4 * DisplayText.MaxLength;

    private protected LibvirtException(string message, Exception? innerException, string helpAnchor)
        : base(DisplayText.Escape(DisplayText.Shorten(message, MaxMessageLength)), innerException)
    {
        HelpLink = HelpPage.Anchor(helpAnchor);
    }

    /// <summary>Whether the same call may well succeed later without anybody changing anything.</summary>
    public abstract bool IsTransient { get; }
}
