namespace Libvirt.Streams;

/// <summary>Where the elements of a sink go, one behind the other. Disposing it before it was completed aborts what was begun.</summary>
/// <typeparam name="T">The elements.</typeparam>
internal interface IElementWriter<in T> : IAsyncDisposable
{
    /// <summary>Writes an element. Its memory is its owner's again when this ends.</summary>
    /// <returns>False when no more elements are wanted.</returns>
    ValueTask<bool> WriteAsync(T element);

    /// <summary>All is written: ends when the daemon has acknowledged it. The result has no meaning.</summary>
    ValueTask<bool> CompleteAsync();
}
