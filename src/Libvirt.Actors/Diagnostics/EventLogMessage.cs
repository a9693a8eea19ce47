using Akka.Event;
using Microsoft.Extensions.Logging;

namespace Libvirt.Diagnostics;

/// <summary>A message of the runtime's log: its template and values for structured loggers, its text for all others.</summary>
internal sealed class EventLogMessage : LogMessage
{
    private const string TemplateKey = "{OriginalFormat}";

    private readonly string _text;
    private readonly IReadOnlyList<KeyValuePair<string, object?>> _state;

    public EventLogMessage(EventId id, string text, IReadOnlyList<KeyValuePair<string, object?>>? state)
        : base(SemanticLogMessageFormatter.Instance, TemplateOf(state) ?? text)
    {
        Id = id;
        _text = text;
        _state = state ?? [];
    }

    /// <summary>The message's id; each has one of its own.</summary>
    public EventId Id { get; }

    /// <summary>The values by name, with the template under the key <c>{OriginalFormat}</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> State => _state;

    /// <inheritdoc/>
    public override string Unformatted() => Format;

    /// <inheritdoc/>
    public override IEnumerable<object> Parameters() => _state.Where(static pair => pair.Key != TemplateKey).Select(static pair => pair.Value!);

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string? TemplateOf(IReadOnlyList<KeyValuePair<string, object?>>? state) =>
        state?.FirstOrDefault(static pair => pair.Key == TemplateKey).Value as string;
}
