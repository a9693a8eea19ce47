namespace Actors.Conformance;

/// <summary>What has happened, in order. Free-threaded.</summary>
public sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    public void Add(string entry)
    {
        lock (_gate)
            _entries.Add(entry);
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }
}
