using System.Buffers;

namespace Libvirt.Protocol;

/// <summary>What is known of one event that a daemon sends unasked, without its type.</summary>
public abstract class ProgramEvent
{
    private protected ProgramEvent(uint program, uint version, int number, string name, string? since)
    {
        Program = program;
        Version = version;
        Number = number;
        Name = name;
        Since = since;
    }

    /// <summary>The program's number.</summary>
    public uint Program { get; }

    /// <summary>The program's version.</summary>
    public uint Version { get; }

    /// <summary>The event's number among the program's procedures.</summary>
    public int Number { get; }

    /// <summary>libvirt's name in the program's <c>.x</c> file, such as <c>REMOTE_PROC_DOMAIN_EVENT_CALLBACK_LIFECYCLE</c>.</summary>
    public string Name { get; }

    /// <summary>The libvirt release that brought it; null where libvirt does not say.</summary>
    public string? Since { get; }

    /// <summary>Reads the message without knowing its type beforehand.</summary>
    /// <exception cref="ProtocolException">The payload is not such a message.</exception>
    public abstract IXdrWritable ReadMessage(in ReadOnlySequence<byte> payload);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An event with its message type.</summary>
/// <typeparam name="TMessage">What the daemon sends.</typeparam>
public sealed class ProgramEvent<TMessage> : ProgramEvent
    where TMessage : class, IXdrWritable, IXdrReadable<TMessage>
{
    /// <summary>Describes an event. Generated code calls it; so may a test that invents one.</summary>
    public ProgramEvent(uint program, uint version, int number, string name, string? since = null)
        : base(program, version, number, name, since)
    {
    }

    /// <summary>Reads the message.</summary>
    /// <exception cref="ProtocolException">The payload is not such a message.</exception>
    public TMessage Read(in ReadOnlySequence<byte> payload) => XdrPayload.Read<TMessage>(payload);

    /// <inheritdoc/>
    public override IXdrWritable ReadMessage(in ReadOnlySequence<byte> payload) => Read(payload);
}
