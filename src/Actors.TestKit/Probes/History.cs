using System.Text;

namespace Actors.TestKit;

/// <summary>The latest messages of a probe, for the text of a failure. Free-threaded.</summary>
internal sealed class History<TMessage>
{
    private const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly Queue<TMessage> _latest = new();
    private long _count;

    public void Add(TMessage message)
    {
        lock (_gate)
        {
            _count++;
            _latest.Enqueue(message);
            if (_latest.Count > Kept)
                _latest.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            if (_count == 0)
                return " It has received nothing so far.";
            var text = new StringBuilder();
            text.Append(_count > Kept ? $" Of {_count} messages so far, the latest {Kept}:" : $" It has received {_count} so far:");
            foreach (TMessage message in _latest)
                text.AppendLine().Append("  ").Append(message);
            return text.ToString();
        }
    }
}
