using System.Buffers;

namespace Libvirt.Streams;

/// <summary>Where a download's sections go, one behind the other.</summary>
internal interface ITransferTarget
{
    ValueTask WriteAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken);

    /// <summary>Leaves a hole.</summary>
    void Skip(long length);

    /// <summary>All has come.</summary>
    void End();
}
