using System.Runtime.Serialization;
using Libvirt.Diagnostics;

namespace Libvirt;

/// <summary>
/// The base of all errors between this runtime and a daemon. Messages contain no secrets and no XML, and can be printed: control characters of a peer's text are
/// escaped, and long text is shortened.
/// </summary>
[Serializable]
public abstract class LibvirtException : Exception
{
    // A message quotes a peer's text once or twice, between words of its own.
    private const int MaxMessageLength = 4 * DisplayText.MaxLength;

    private protected LibvirtException(string message, Exception? innerException, string helpAnchor)
        : base(DisplayText.Escape(DisplayText.Shorten(message, MaxMessageLength)), innerException)
    {
        HelpLink = HelpPage.Anchor(helpAnchor);
    }

    private protected LibvirtException(SerializationInfo info, StreamingContext context)
        : base(ExceptionCodec.Restore(info), context)
    {
        HelpLink = info.Text(nameof(HelpLink));
    }

    /// <summary>
    /// Writes the exception for an actor of another node: its type, message, properties and inner exceptions, but not where it was thrown.
    /// </summary>
    public sealed override void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        Describe(info);
        ExceptionCodec.Complete(info, this);
    }

    /// <summary>Writes the properties that the message and the inner exceptions do not include.</summary>
    internal virtual void Describe(SerializationInfo info) => info.Set(nameof(HelpLink), HelpLink);

    /// <summary>Whether the same call may well succeed later without anybody changing anything.</summary>
    public abstract bool IsTransient { get; }
}
