using System.Text;

namespace ControlPlane.Views;

/// <summary>
/// Everything that the view shows. Those who watch write to it, a screen reads it; whoever touches it holds <see cref="Gate"/>.
/// </summary>
internal sealed class Board
{
    private const int MostConsoleText = 4000;
    private const int MostHappenings = 50;

    private readonly StringBuilder _console = new();
    private readonly StringBuilder _consoleLine = new();
    private readonly List<Happening> _happenings = [];

    public Lock Gate { get; } = new();

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.Now;

    public List<HostView> Hosts { get; } = [];

    /// <summary>How many events have come from the hypervisors.</summary>
    public int Events { get; set; }

    /// <summary>How often a connection was lost and found again.</summary>
    public int Reconnects { get; set; }

    /// <summary>Whose console is open.</summary>
    public string ConsoleOf { get; set; } = "";

    /// <summary>What the console has shown lately.</summary>
    public string ConsoleText => _console.ToString();

    /// <summary>What is being transferred, and how much of it is done, 0 to 1.</summary>
    public (string What, double Done, string Text)? Transfer { get; set; }

    /// <summary>The latest happenings, the newest first.</summary>
    public IEnumerable<Happening> Latest => _happenings.AsEnumerable().Reverse();

    /// <summary>Is told of each happening, in order, with the gate held.</summary>
    public Action<Happening> Told { get; set; } = _ => { };

    public HostView AddHost(string name)
    {
        lock (Gate)
        {
            HostView host = new(name);
            Hosts.Add(host);
            return host;
        }
    }

    public void Tell(HappeningKind kind, string subject, string text)
    {
        lock (Gate)
        {
            Happening happening = new(DateTimeOffset.Now, kind, subject, text);
            _happenings.Add(happening);
            if (_happenings.Count > MostHappenings)
                _happenings.RemoveAt(0);
            Told(happening);
        }
    }

    /// <summary>Adds what a console has shown; each whole line is a happening too.</summary>
    public void ShowConsole(string text)
    {
        lock (Gate)
        {
            foreach (char c in text.Where(c => c is '\n' or >= ' '))
            {
                _console.Append(c);
                if (c != '\n')
                {
                    _consoleLine.Append(c);
                    continue;
                }

                if (_consoleLine.Length > 0)
                    Tell(HappeningKind.Console, ConsoleOf, _consoleLine.ToString());
                _consoleLine.Clear();
            }

            if (_console.Length > MostConsoleText)
                _console.Remove(0, _console.Length - MostConsoleText);
        }
    }
}
