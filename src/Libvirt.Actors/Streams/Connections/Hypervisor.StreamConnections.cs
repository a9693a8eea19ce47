using Akka.Actor;
using Libvirt.Connections;
using Libvirt.Diagnostics;
using Libvirt.Protocol;
using Libvirt.Streams;

namespace Libvirt;

public sealed partial class Hypervisor
{
    /// <summary>The clock of its actors.</summary>
    internal TimeProvider Time { get; }

    /// <summary>
    /// Opens a stream on a connection of its own, which is given back when both sides have ended the stream. Waits for its turn when as many are in
    /// use as allowed.
    /// </summary>
    internal ValueTask<TRet> OpenBulkAsync<TArgs, TRet>(
        Procedure<TArgs, TRet> procedure, TArgs args, StreamPort port, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet> =>
        OpenOnOwnAsync(ConnectionRole.Bulk, procedure, args, port, default, cancellationToken);

    /// <summary>The same for either kind of stream.</summary>
    internal async ValueTask<TRet> OpenOnOwnAsync<TArgs, TRet>(
        ConnectionRole role, Procedure<TArgs, TRet> procedure, TArgs args, StreamPort port, CallOptions options, CancellationToken cancellationToken)
        where TArgs : class, IXdrWritable
        where TRet : class, IXdrReadable<TRet>
    {
        await WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        ConnectionHandle connection = await RentAsync(role, cancellationToken).ConfigureAwait(false);
        TRet result;
        try
        {
            result = await CallTelemetry
                .ObserveWhereOnAsync(Uri, procedure, () => OwnCalls.OpenStreamAsync(procedure, args, port, options, connection, cancellationToken))
                .ConfigureAwait(false);
        }
        catch (LibvirtRemoteException)
        {
            GiveBack(connection);
            throw;
        }
        catch
        {
            // Its call may still be under way, and a stream may follow: the connection is free when that is over.
            connection.Ref.Tell(new SettleConnection(Options.CloseTimeout), ActorRefs.NoSender);
            throw;
        }

        port.AbortLimit = new StreamAbortLimit(Options.CloseTimeout, Time, OwnsConnection: true);
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

        throw State is HypervisorState.Closed closed
            ? new LibvirtConnectionLostException("The stream was not opened: the hypervisor was closed.", sent: false, closed.Reason, isForGood: true)
            : new LibvirtConnectionLostException("The stream was not opened: there is no connection.", sent: false, null);
    }

    /// <summary>Waits for so long, or until the hypervisor closes; no timer outlives it.</summary>
    internal async ValueTask DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delayed = Task.Delay(delay, Time, over.Token);
        Task closed = WhenClosedAsync(over.Token);
        await Task.WhenAny(delayed, closed).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(delayed, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task WhenClosedAsync(CancellationToken cancellationToken)
    {
        await foreach (HypervisorState state in _link.States.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (state is HypervisorState.Closed)
                return;
        }
    }

    private Task<ConnectionHandle> RentAsync(ConnectionRole role, CancellationToken cancellationToken)
    {
        RentConnection request = new(role);
        _actor.Tell(request);
        return request.WaitAsync(cancellationToken);
    }

    private async Task GiveBackAfterAsync(StreamPort port, ConnectionHandle connection)
    {
        await port.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GiveBack(connection);
    }

    private void GiveBack(ConnectionHandle connection) => _actor.Tell(new StreamConnectionIsFree(connection));
}
