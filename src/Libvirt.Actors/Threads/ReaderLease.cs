using Microsoft.Extensions.Logging;
using System.Diagnostics.CodeAnalysis;

namespace Libvirt.Threads;

/// <summary>
/// The right to read, from a busy connection or from all idle ones, held by one thread at a time. After each turn, that thread also runs the continuations that the turn unblocked, which
/// saves them the thread pool. A continuation that blocks the thread loses it the lease: the <see cref="ReaderWatchdog"/> gives it to another thread, or
/// ends it when there is none, and queues the remaining continuations to the thread pool.
/// </summary>
internal sealed class ReaderLease(IReaderWork work, ReaderThreads threads, ILogger log)
{
    private readonly List<IContinuation> _unblocked = [];
    private readonly Lock _gate = new();

    // All under the gate, except for reads that only decide whether taking it is worthwhile.
    private long _holder;
    private int _next;
    private long _started;
    private bool _isInCallerCode;

    // The watchdog's own.
    private long _lastSeen = -1;

    /// <summary>Whether the thread is in the code of a caller.</summary>
    public bool IsInCallerCode => Volatile.Read(ref _isInCallerCode);

    /// <summary>Starts to read on a thread; false when there is none.</summary>
    public bool TryStart() => threads.TryRun(() => Hold(0));

    /// <summary>
    /// Called every millisecond by the watchdog: takes the lease from a thread that has been in the same continuation since the last time. False when nothing
    /// has happened since then.
    /// </summary>
    public bool Check()
    {
        long seen = Volatile.Read(ref _started);
        bool progress = seen != _lastSeen;
        _lastSeen = seen;
        if (!IsInCallerCode)
            return progress;
        if (!progress)
            TakeOver(seen);
        return true;
    }

    private void Hold(long holder)
    {
        if (holder == 0 && !threads.Watchdog.TryAdd(this))
        {
            work.Leave(ended: false, null);
            return;
        }

        try
        {
            while (true)
            {
                ReaderStep step = work.Step(_unblocked);
                if (_unblocked.Count > 0 && !RunContinuations(holder))
                    return;
                if (step != ReaderStep.Continue)
                {
                    Leave(step == ReaderStep.Ended);
                    return;
                }
            }
        }
        catch (Exception error)
        {
            Leave(ended: true, error);
        }
    }

    private void Leave(bool ended, Exception? error = null)
    {
        threads.Watchdog.Remove(this);
        work.Leave(ended, error);
    }

    /// <summary>Runs the continuations one after the other. False when the lease was lost meanwhile: nothing of it may be touched any more.</summary>
    private bool RunContinuations(long holder)
    {
        while (TryNext(holder, out IContinuation? continuation))
            CallerCode.Run(continuation, log);
        return holder == Volatile.Read(ref _holder);
    }

    private bool TryNext(long holder, [NotNullWhen(true)] out IContinuation? continuation)
    {
        bool first;
        lock (_gate)
        {
            continuation = null;
            if (_holder != holder)
                return false;
            if (_next == _unblocked.Count)
            {
                _unblocked.Clear();
                _next = 0;
                _isInCallerCode = false;
                return false;
            }

            first = !_isInCallerCode;
            _isInCallerCode = true;
            _started++;
            continuation = _unblocked[_next++];
        }

        if (first)
            threads.Watchdog.WakeIfAsleep();
        return true;
    }

    private void TakeOver(long seen)
    {
        IContinuation[] rest;
        long next;
        lock (_gate)
        {
            if (!_isInCallerCode || _started != seen)
                return;
            next = ++_holder;
            rest = [.. _unblocked.Skip(_next)];
            _unblocked.Clear();
            _next = 0;
            _isInCallerCode = false;
        }

        foreach (IContinuation continuation in rest)
            ThreadPool.UnsafeQueueUserWorkItem(static continuation => continuation.Continue(inline: false), continuation, preferLocal: false);
        if (!threads.TryRun(() => Hold(next)))
            Leave(ended: false);
    }
}
