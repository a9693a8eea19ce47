using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Actors;

/// <summary>How an actor system on the embedded engine is set up.</summary>
public sealed record ActorSystemOptions
{
    private readonly string _name = "actors";
    private readonly int _maxInlineDepth = 16;
    private readonly TimeProvider _timeProvider = TimeProvider.System;
    private readonly ILoggerFactory _loggerFactory = NullLoggerFactory.Instance;
    private readonly Random _random = Random.Shared;

    /// <summary>The system's name, for logs. Default <c>actors</c>.</summary>
    public string Name
    {
        get => _name;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            _name = value;
        }
    }

    /// <summary>The clock of all actors, timers and deadlines. Default the computer's.</summary>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeProvider = value;
        }
    }

    /// <summary>Where the engine and its actors log. Default nowhere. Not disposed with the system.</summary>
    public ILoggerFactory LoggerFactory
    {
        get => _loggerFactory;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _loggerFactory = value;
        }
    }

    /// <summary>
    /// How many turns may be nested on one thread's stack. A tell to an inline actor beyond that goes to the pool; 0 turns inline
    /// dispatch off. Default 16.
    /// </summary>
    public int MaxInlineDepth
    {
        get => _maxInlineDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxInlineDepth = value;
        }
    }

    /// <summary>The source of the jitter in restart delays. Default <see cref="Random.Shared"/>; give a seeded one for repeatable delays.</summary>
    public Random Random
    {
        get => _random;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _random = value;
        }
    }

    /// <summary>
    /// Whether the system counts its running turns, so that <see cref="IActorSystemDiagnostics"/> can tell when it is idle. For tests;
    /// costs two atomic operations a turn. Default false.
    /// </summary>
    public bool TrackActivity { get; init; }
}
