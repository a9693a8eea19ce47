namespace Libvirt;

/// <summary>The root of everything that goes wrong between us and a daemon. Texts carry no secrets and no XML.</summary>
public abstract class LibvirtException : Exception
{
    private protected LibvirtException(string message, Exception? innerException, string helpAnchor)
        : base(message, innerException)
    {
        HelpLink = HelpPage.Anchor(helpAnchor);
    }

    /// <summary>Whether the same call may well succeed later without anybody changing anything.</summary>
    public abstract bool IsTransient { get; }
}
