namespace Libvirt.Testing.Capture;

/// <summary>Collects what the clients and daemons said, sorted into exchanges.</summary>
internal sealed class Conversations
{
    private readonly List<Exchange> _exchanges = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>What the dissector could not make sense of.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes what a proxy recorded, and empties the recording.</summary>
    public async Task AddAsync(string source, Recording recording)
    {
        RecordedFrame[] frames = [.. recording.Frames.Where(frame => frame.Frame.IsWhole)];
        recording.Clear();
        if (frames.Length == 0)
            return;
        Dissection dissection = await TsharkDissector.DissectAsync(frames);
        _problems.AddRange(dissection.Problems.Select(problem => $"{source}: {problem}"));
        if (dissection.Messages.Count != frames.Length)
            throw new InvalidOperationException($"{source}: {frames.Length} messages, of which tshark found {dissection.Messages.Count}");
        IEnumerable<IGrouping<string, (RecordedFrame Frame, DissectedMessage Message)>> groups = frames.Zip(dissection.Messages).GroupBy(pair => Key(pair.First));
        foreach (IGrouping<string, (RecordedFrame Frame, DissectedMessage Message)> group in groups)
            _exchanges.Add(new Exchange(source, Name(group.First().Frame.Frame, group.First().Message.Procedure), [.. group.Select(pair => pair.Frame)]));
    }

    /// <summary>Runs a file of a client's commands through a proxy; a command that fails is as welcome as one that succeeds.</summary>
    public async Task RunCommandsAsync(string file, string client, Virsh virsh, Recording recording, Func<string, string> expand)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Commands", file);
        foreach (string line in (await File.ReadAllLinesAsync(path)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            string command = expand(line.Replace("$docs", Path.Combine(AppContext.BaseDirectory, "Documents"), StringComparison.Ordinal));
            CommandResult result = await virsh.TryAsync(command);
            await AddAsync($"{client} {line}", recording);
            if (result.ExitCode != 0)
                Console.WriteLine($"{client} {line}: {result.Error.Trim()}");
        }
    }

    private static string Key(RecordedFrame frame) => frame.Frame.Type == RpcType.Event
        ? $"event {frame.At.Ticks} {Guid.NewGuid()}"
        : $"{frame.Connection} {frame.Frame.Program} {frame.Frame.Serial}";

    private static string Name(RpcFrame frame, string dissected) => frame.Program == RpcProgram.Admin ? AdminProcedures.Name(frame.Procedure) : dissected;
}
