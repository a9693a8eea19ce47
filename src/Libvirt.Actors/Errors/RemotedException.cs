using System.Runtime.Serialization;

namespace Libvirt;

/// <summary>
/// An exception of another node whose type is not one that messages of the runtime keep: neither of this library nor one of .NET's own that are frequent in it. It
/// stands in for that exception as the reason of a state, a gap, an end of a subscription or the outcome of a call in a batch.
/// </summary>
[Serializable]
public sealed class RemotedException : Exception
{
    private static readonly string Help = HelpPage.Anchor("remoted-exception");

    internal RemotedException(string typeName, string message, Exception? innerException)
        : base(message, innerException)
    {
        TypeName = typeName;
        HelpLink = Help;
    }

    internal RemotedException(SerializationInfo info, StreamingContext context)
        : base(ExceptionCodec.Restore(info), context)
    {
        TypeName = info.Required(nameof(TypeName));
        HelpLink = Help;
    }

    /// <summary>The full name of the exception's type at the other node.</summary>
    public string TypeName { get; }

    /// <inheritdoc/>
    public override void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        ArgumentNullException.ThrowIfNull(info);
        Describe(info);
        ExceptionCodec.Complete(info, this);
    }

    internal void Describe(SerializationInfo info) => info.Set(nameof(TypeName), TypeName);
}
