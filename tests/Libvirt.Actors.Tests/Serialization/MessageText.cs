using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Akka.Actor;
using Libvirt.Events;
using Libvirt.Protocol;

namespace Libvirt.Tests.Serialization;

/// <summary>A message with all its parts as text, to compare one that was sent with the one that arrived. Remembers the types that it has seen.</summary>
internal sealed class MessageText
{
    private readonly StringBuilder _text = new();

    public HashSet<Type> Types { get; } = [];

    public string Of(object message)
    {
        _text.Clear();
        Write(message);
        return _text.ToString();
    }

    private void Write(object? value)
    {
        if (value is not null)
            Types.Add(value.GetType().IsGenericType ? value.GetType().GetGenericTypeDefinition() : value.GetType());
        switch (value)
        {
            case null:
                _text.Append("null");
                break;
            case string text:
                _text.Append('"').Append(text).Append('"');
                break;
            case IActorRef actor:
                _text.Append(actor.Path.Elements.Aggregate(static (path, name) => $"{path}/{name}"));
                break;
            case EventKind kind:
                _text.Append(CultureInfo.InvariantCulture, $"{kind.Family} {kind.Name} {kind.Filter}");
                break;
            case Procedure or Guid or Enum or TimeSpan or DateTimeOffset or IConvertible or XdrVoid or Type or System.Diagnostics.ActivityContext:
                _text.Append(value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString()).Append(' ').Append(value.GetType().Name);
                break;
            case IEnumerable items:
                foreach (object? item in items)
                    WritePart("item", item);
                break;
            default:
                WriteParts(value);
                break;
        }
    }

    private void WriteParts(object value)
    {
        _text.Append(value.GetType().FullName).Append('{');
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(static property => property.Name, StringComparer.Ordinal))
        {
            if (property.GetIndexParameters().Length == 0 && IsPart(value, property))
                WritePart(property.Name, property.GetValue(value));
        }

        _text.Append('}');
    }

    private void WritePart(string name, object? value)
    {
        _text.Append(name).Append('=');
        Write(value);
        _text.Append("; ");
    }

    // Where an exception was thrown is not kept; an ArgumentException adds the parameter to its message.
    private static bool IsPart(object value, PropertyInfo property) => value is not Exception
        || property.Name is nameof(Exception.Message) or nameof(Exception.InnerException)
        || property.DeclaringType!.Namespace!.StartsWith("Libvirt", StringComparison.Ordinal);
}
