using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Libvirt.Scale;

/// <summary>When attempts to connect began, and which of them succeeded, by the runtime's own meter.</summary>
internal sealed class Attempts : IDisposable
{
    private const int MostRows = 12;
    private const int WidestBar = 40;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(TimeSpan Begun, TimeSpan Ended, bool Connected)> _attempts = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public Attempts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "libvirt.client.connect.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            TimeSpan ended = _clock.Elapsed;
            bool failed = false;
            foreach (KeyValuePair<string, object?> tag in tags)
                failed |= tag.Key == "error.type";
            _attempts.Enqueue((ended - TimeSpan.FromSeconds(seconds), ended, !failed));
        });
        _listener.Start();
    }

    /// <summary>Prints how many began, and how many hypervisors came back, in each stretch of the time since this was made.</summary>
    /// <param name="origin">The time that the rows call zero.</param>
    public void Print(TimeSpan origin)
    {
        (TimeSpan Begun, TimeSpan Ended, bool Connected)[] attempts = [.. _attempts];
        TimeSpan end = attempts.Max(attempt => attempt.Ended);
        TimeSpan stretch = TimeSpan.FromSeconds(Math.Ceiling(2 * end.TotalSeconds / MostRows) / 2);
        int[] begun = Count(attempts.Select(attempt => attempt.Begun));
        int[] back = Count(attempts.Where(attempt => attempt.Connected).Select(attempt => attempt.Ended));
        for (int row = 0; row < begun.Length; row++)
        {
            string bar = new('#', (int)Math.Ceiling((double)WidestBar * begun[row] / Math.Max(1, begun.Max())));
            Console.WriteLine($"  from {(stretch * row - origin).TotalSeconds,5:0.0} s  {begun[row],7:N0} attempts  {back[row],7:N0} back  {bar}".TrimEnd());
        }

        int[] Count(IEnumerable<TimeSpan> times)
        {
            int[] counts = new int[(int)(end / stretch) + 1];
            foreach (TimeSpan time in times)
                counts[Math.Max(0, (int)(time / stretch))]++;
            return counts;
        }
    }

    public void Dispose() => _listener.Dispose();
}
