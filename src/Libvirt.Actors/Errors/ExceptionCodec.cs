using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.Serialization;
using Akka.Configuration;
using Libvirt.Events;
using Libvirt.Protocol;

namespace Libvirt;

/// <summary>
/// Exceptions within messages: type, message, the properties of this library's own exceptions, and the chain of inner exceptions. Only types that are listed here
/// are created.
/// </summary>
internal static class ExceptionCodec
{
    private const int TextLimit = 65536;
    private const int FieldLimit = 16;
    private const int DepthLimit = 16;
    private const string MessageField = "Message";
    private const string InnerField = "Inner";
    private static readonly FormatterConverter Converter = new();

    private static readonly FrozenDictionary<string, Func<SerializationInfo, Exception>> Own = new Dictionary<Type, Func<SerializationInfo, Exception>>
    {
        [typeof(LibvirtConnectException)] = static info => new LibvirtConnectException(info, default),
        [typeof(LibvirtConnectionLostException)] = static info => new LibvirtConnectionLostException(info, default),
        [typeof(LibvirtEventNotSupportedException)] = static info => new LibvirtEventNotSupportedException(info, default),
        [typeof(LibvirtNotSupportedException)] = static info => new LibvirtNotSupportedException(info, default),
        [typeof(LibvirtProtocolException)] = static info => new LibvirtProtocolException(info, default),
        [typeof(LibvirtQueueFullException)] = static info => new LibvirtQueueFullException(info, default),
        [typeof(LibvirtRemoteException)] = static info => new LibvirtRemoteException(info, default),
        [typeof(LibvirtStreamOverflowException)] = static info => new LibvirtStreamOverflowException(info, default),
        [typeof(LibvirtTimeoutException)] = static info => new LibvirtTimeoutException(info, default),
        [typeof(EventOverflowException)] = static info => new EventOverflowException(info, default),
        [typeof(RemotedException)] = static info => new RemotedException(info, default),
    }.ToFrozenDictionary(static pair => pair.Key.FullName!, static pair => pair.Value);

    private static readonly FrozenDictionary<string, Func<string, Exception?, Exception>> Others = new Dictionary<Type, Func<string, Exception?, Exception>>
    {
        [typeof(ArgumentException)] = static (message, inner) => new ArgumentException(message, inner),
        [typeof(ConfigurationException)] = static (message, inner) => new ConfigurationException(message, inner),
        [typeof(EndOfStreamException)] = static (message, inner) => new EndOfStreamException(message, inner),
        [typeof(InvalidOperationException)] = static (message, inner) => new InvalidOperationException(message, inner),
        [typeof(IOException)] = static (message, inner) => new IOException(message, inner),
        [typeof(KeyNotFoundException)] = static (message, inner) => new KeyNotFoundException(message, inner),
        [typeof(ObjectDisposedException)] = static (message, inner) => new ObjectDisposedException(message, inner),
        [typeof(OperationCanceledException)] = static (message, inner) => new OperationCanceledException(message, inner),
        [typeof(ProtocolException)] = static (message, inner) => new ProtocolException(message, inner!),
        [typeof(TimeoutException)] = static (message, inner) => new TimeoutException(message, inner),
    }.ToFrozenDictionary(static pair => pair.Key.FullName!, static pair => pair.Value);

    public static void Write(ref XdrWriter writer, Exception? exception) => Write(ref writer, exception, 0);

    public static Exception? Read(ref XdrReader reader) => Read(ref reader, 0);

    /// <summary>Adds the message and the inner exceptions to what an exception of this library writes of itself.</summary>
    public static void Complete(SerializationInfo info, Exception exception)
    {
        ArrayBufferWriter<byte> output = new();
        XdrWriter writer = new(output);
        Write(ref writer, exception.InnerException);
        writer.Flush();
        info.Set(MessageField, exception.Message);
        info.Set(InnerField, Convert.ToBase64String(output.WrittenSpan));
    }

    /// <summary>What the constructor of <see cref="Exception"/> reads, from what <see cref="Complete"/> has added.</summary>
    public static SerializationInfo Restore(SerializationInfo info)
    {
        if (info.Text(MessageField) is not { } message)
            return info;
        XdrReader reader = new(Convert.FromBase64String(info.Required(InnerField)));
        return InfoOf(message, [], Read(ref reader));
    }

    private static void Write(ref XdrWriter writer, Exception? exception, int depth)
    {
        writer.WriteBoolean(exception is not null && depth < DepthLimit);
        if (exception is null || depth >= DepthLimit)
            return;
        writer.WriteString(exception.GetType().FullName ?? exception.GetType().Name, TextLimit, "the type of an exception");
        writer.WriteString(Shortened(exception.Message), TextLimit, "the message of an exception");
        (string Name, string Value)[] fields = FieldsOf(exception);
        writer.WriteCount(fields.Length, FieldLimit, "the fields of an exception");
        foreach ((string name, string value) in fields)
        {
            writer.WriteString(name, TextLimit, "the name of a field");
            writer.WriteString(value, int.MaxValue, "the value of a field");
        }

        Write(ref writer, exception.InnerException, depth + 1);
    }

    private static Exception? Read(ref XdrReader reader, int depth)
    {
        if (!reader.ReadBoolean())
            return null;
        if (depth >= DepthLimit)
            throw new ProtocolException($"An exception has more than {DepthLimit} inner exceptions.");
        string type = reader.ReadString(TextLimit);
        string message = reader.ReadString(TextLimit);
        (string Name, string Value)[] fields = new (string, string)[reader.ReadCount(FieldLimit, 8)];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = (reader.ReadString(TextLimit), reader.ReadString(int.MaxValue));
        Exception? inner = Read(ref reader, depth + 1);
        if (Own.TryGetValue(type, out Func<SerializationInfo, Exception>? own))
            return own(InfoOf(message, fields, inner));
        return Others.TryGetValue(type, out Func<string, Exception?, Exception>? other) ? other(message, inner) : new RemotedException(type, message, inner);
    }

    private static (string Name, string Value)[] FieldsOf(Exception exception)
    {
        SerializationInfo info = new(exception.GetType(), Converter);
        if (exception is LibvirtException own)
            own.Describe(info);
        else
            (exception as RemotedException)?.Describe(info);
        return [.. info.All()];
    }

    private static SerializationInfo InfoOf(string message, (string Name, string Value)[] fields, Exception? inner)
    {
        SerializationInfo info = new(typeof(Exception), Converter);
        info.AddValue("Message", message);
        info.AddValue("InnerException", inner, typeof(Exception));
        info.AddValue("HelpURL", null, typeof(string));
        info.AddValue("StackTraceString", null, typeof(string));
        info.AddValue("RemoteStackTraceString", null, typeof(string));
        info.AddValue("HResult", unchecked((int)0x80131500));
        info.AddValue("Source", null, typeof(string));
        foreach ((string name, string value) in fields)
            info.Set(name, value);
        return info;
    }

    // XDR text has no NUL, and three bytes at the most for each of these.
    private static string Shortened(string message)
    {
        string text = message.Replace('\0', ' ');
        return text.Length > TextLimit / 3 ? text[..(TextLimit / 3)] : text;
    }
}
