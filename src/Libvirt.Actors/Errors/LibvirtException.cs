using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>The root of everything that goes wrong between us and a daemon. Texts carry no secrets and no XML.</summary>
[Serializable]
public abstract class LibvirtException : Exception
{
    private protected LibvirtException(string message, Exception? innerException, string helpAnchor)
        : base(message, innerException)
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
