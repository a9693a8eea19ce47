using Actors;
using Libvirt.Connection;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>The clock of its actors.</summary>
    internal TimeProvider Time => _actor.System.Time;

    /// <summary>
    /// Opens a stream on a connection of its own, which is given back when both sides have ended the stream. Waits for its turn when as many are in
    /// use as allowed.
    /// </summary>
    internal async ValueTask<TRet> OpenBulkAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamPort port, CancellationToken cancellationToken, CallOptions options = default)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        await WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        ConnectionHandle connection = await RentBulkAsync(cancellationToken).ConfigureAwait(false);
        TRet result;
        try
        {
            result = await OwnCalls.OpenStreamAsync(procedure, args, port, options, connection, cancellationToken).ConfigureAwait(false);
        }
        catch (LibvirtRemoteException)
        {
            GiveBack(connection);
            throw;
        }
        catch
        {
            // Its call may still be under way, and a stream may follow: such a connection is not used again.
            _ = connection.Ref.TellWhenRoomAsync(new FinishClose()).AsTask();
            throw;
        }

        _ = GiveBackAfterAsync(port, connection);
        return result;
    }

    /// <summary>Waits for the connection that serves calls, as long as a call would.</summary>
    internal async ValueTask WhenReadyAsync(CancellationToken cancellationToken)
    {
        if (State is HypervisorState.Ready)
            return;
        using CancellationTokenSource patience = new(Options.ReadyTimeout, Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await foreach (HypervisorState state in _link.States.FollowAsync(either.Token).ConfigureAwait(false))
            {
                if (state is HypervisorState.Ready)
                    return;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // As long as it may take.
        }

        throw new LibvirtConnectionLostException("The stream was not opened: there is no connection.", sent: false, null);
    }

    private async ValueTask<ConnectionHandle> RentBulkAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _actor.AskAsync<IHypervisorMessage, ConnectionHandle>(
                static reply => new RentBulk(reply), Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
        catch (AskFailedException error)
        {
            throw new LibvirtConnectionLostException("The stream was not opened: the hypervisor was closed.", sent: false, error);
        }
    }

    private async Task GiveBackAfterAsync(StreamPort port, ConnectionHandle connection)
    {
        await port.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GiveBack(connection);
    }

    private void GiveBack(ConnectionHandle connection) => _ = _actor.TellWhenRoomAsync(new BulkIsFree(connection)).AsTask();
}
