namespace Libvirt.Dispatch;

/// <summary>
/// A message to an actor together with the promise of its reply. Unlike Akka's Ask it needs no timeout to end when the actor has stopped, and uses no clock.
/// </summary>
/// <typeparam name="TReply">The reply.</typeparam>
/// <param name="refusal">What is wrong when no actor handles the request: "The subscription was not made: the hypervisor was closed."</param>
internal abstract class Request<TReply>(string refusal) : IUndelivered
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Replies. False when the requester has given up, or has its reply already.</summary>
    public bool TryReply(TReply reply) => _reply.TrySetResult(reply);

    /// <summary>Replies with a failure. False when the requester has given up, or has its reply already.</summary>
    public bool TryFail(Exception error)
    {
        bool failed = _reply.TrySetException(error);
        // A requester that never looks at the failure has not made a mistake.
        _ = _reply.Task.Exception;
        return failed;
    }

    /// <summary>Awaits the reply. Cancellation gives the request up: a later reply is refused.</summary>
    public async Task<TReply> WaitAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static (request, token) => ((Request<TReply>)request!)._reply.TrySetCanceled(token), this))
            return await _reply.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual void OnUndelivered() => TryFail(new LibvirtConnectionLostException(refusal, sent: false, null, isForGood: true));
}
