namespace Libvirt.Testing.Capture;

/// <summary>Collects what the clients and daemons said, sorted into exchanges.</summary>
internal sealed class Conversations
{
    private const int LongStreamData = 8192;

    private readonly List<Exchange> _exchanges = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>What the dissector could not make sense of.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes what a proxy recorded, and empties the recording.</summary>
    public Task AddAsync(string source, Recording recording) => AddAsync([new Spoken(source, Take(recording))]);

    /// <summary>Runs a file of a client's commands through a proxy; a command that fails is as welcome as one that succeeds.</summary>
    public async Task RunCommandsAsync(string file, string client, Virsh virsh, Recording recording, Func<string, string> expand)
    {
        List<Spoken> spoken = [];
        string path = Path.Combine(AppContext.BaseDirectory, "Commands", file);
        foreach (string line in (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string command = expand(line.Replace("$docs", Path.Combine(AppContext.BaseDirectory, "Documents"), StringComparison.Ordinal));
            CommandResult result = await virsh.TryAsync(command);
            spoken.Add(new Spoken($"{client} {line}", Take(recording)));
            if (result.ExitCode != 0)
                Console.WriteLine($"{client} {line}: {result.Error.Trim()}");
        }
        await AddAsync(spoken);
    }

    private async Task AddAsync(IReadOnlyList<Spoken> spoken)
    {
        RecordedFrame[] frames = [.. spoken.SelectMany(part => part.Frames)];
        if (frames.Length == 0)
            return;
        Dissection dissection = await TsharkDissector.DissectAsync(frames);
        _problems.AddRange(dissection.Problems.Select(problem => $"{spoken[0].Source}: {problem}"));
        if (dissection.Messages.Count != frames.Length)
            throw new InvalidOperationException($"{spoken[0].Source}: {frames.Length} messages, of which tshark found {dissection.Messages.Count}");
        Dictionary<(uint Program, int Procedure), string> names = [];
        foreach ((RecordedFrame frame, DissectedMessage message) in frames.Zip(dissection.Messages))
            names[(frame.Frame.Program, frame.Frame.Procedure)] = Name(frame.Frame, message.Procedure);
        foreach (Spoken part in spoken)
        {
            foreach (IGrouping<string, RecordedFrame> group in part.Frames.GroupBy(Key))
            {
                RpcFrame first = group.First().Frame;
                _exchanges.Add(new Exchange(part.Source, names[(first.Program, first.Procedure)], [.. group]));
            }
        }
    }

    private static RecordedFrame[] Take(Recording recording)
    {
        RecordedFrame[] frames = [.. recording.Frames.Where(frame => frame.Frame.IsWhole && !IsLongStreamData(frame.Frame))];
        recording.Clear();
        return frames;
    }

    // A migration's memory or a screenshot's pixels say nothing about the protocol.
    private static bool IsLongStreamData(RpcFrame frame) => frame.Type == RpcType.Stream && frame.Bytes.Length > LongStreamData;

    private static string Key(RecordedFrame frame) => frame.Frame.Type == RpcType.Event
        ? $"event {frame.At.Ticks} {Guid.NewGuid()}"
        : $"{frame.Connection} {frame.Frame.Program} {frame.Frame.Serial}";

    private static string Name(RpcFrame frame, string dissected) => frame.Program == RpcProgram.Admin ? AdminProcedures.Name(frame.Procedure) : dissected;

    /// <summary>The messages that one of a client's commands led to.</summary>
    private sealed record Spoken(string Source, IReadOnlyList<RecordedFrame> Frames);
}
