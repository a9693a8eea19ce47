namespace Actors.Conformance;

/// <summary>Does what it is told and writes its life into a journal.</summary>
public sealed class Worker : Actor<Do>
{
    private readonly string _name;
    private readonly Journal _journal;

    public Worker(string name, Journal journal)
    {
        _name = name;
        _journal = journal;
        journal.Add($"{name} made");
    }

    protected override ValueTask OnStartAsync()
    {
        _journal.Add($"{_name} started");
        return default;
    }

    protected override ValueTask OnMessageAsync(Do message) => message.Code(Context);

    protected override ValueTask OnStopAsync()
    {
        _journal.Add($"{_name} stopped");
        return default;
    }
}
