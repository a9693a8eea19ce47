namespace Libvirt.TestKit;

/// <summary>Something outside of the actor systems on a virtual clock that can give their actors work, such as bytes in transit.</summary>
internal interface IExternalActivity
{
    /// <summary>How often it has moved. An unchanged number means that it did nothing in between.</summary>
    long Movements { get; }

    /// <summary>Whether it has nothing left to do. It may stay false, as for bytes that a frozen daemon never reads.</summary>
    bool IsQuiet { get; }
}
