using ControlPlane.Views;
using Libvirt;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ControlPlane.Screens;

/// <summary>
/// Draws the board once, for a terminal of some size: hosts beside each other where they fit, in narrower columns where they would not; fewer guests where
/// all do not fit.
/// </summary>
internal sealed class BoardDrawing(BoardView board, int width, int height)
{
    private const int HostWidth = 49;
    private const int NarrowHostWidth = 40;
    private const int Frame = 2;
    private const int MostConsoleRows = 5;
    private const int LowRows = 30;
    private const string Bars = "▁▂▃▄▅▆▇█";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _now = DateTimeOffset.Now;
    private readonly bool _isNarrow = board.Hosts.Count > 1 && width / HostWidth == 1 && width / NarrowHostWidth > 1;
    private readonly int _consoleRows = height < LowRows ? MostConsoleRows - 2 : MostConsoleRows;

    public IRenderable Draw()
    {
        int across = Math.Clamp(width / (_isNarrow ? NarrowHostWidth : HostWidth), 1, Math.Max(1, board.Hosts.Count));
        int stacked = (board.Hosts.Count + across - 1) / across;
        int lower = _consoleRows + Frame;
        int most = Math.Max(1, (height - 2 - lower - stacked * Frame) / Math.Max(1, stacked));
        int rows = Math.Min(most, Math.Max(1, board.Hosts.Select(host => host.Guests.Count).DefaultIfEmpty().Max()));
        Grid cells = Columns(Enumerable.Repeat(width / across, across));
        List<IRenderable> hosts = [.. board.Hosts.Select(host => Host(host, rows))];
        // A place that no host takes has the latest happenings; else they are beside the console.
        bool hasPlace = hosts.Count % across != 0;
        if (hasPlace)
            hosts.Add(Latest(width / across, rows));
        foreach (IRenderable[] row in hosts.Chunk(across))
            cells.AddRow(row);
        return new Rows(Head(), cells, hasPlace ? Console() : Lower());
    }

    private Markup Head()
    {
        GuestView[] guests = [.. board.Hosts.SelectMany(host => host.Guests.Values)];
        return new Markup(
            $"[bold]{board.Hosts.Count}[/] hypervisors  [bold]{guests.Length}[/] guests, [green3]{guests.Count(g => g.State == DomainState.Running)} running[/]  "
            + $"[bold]{board.Events}[/] events  [bold]{board.Reconnects}[/] reconnect{(board.Reconnects == 1 ? "" : "s")}  [grey]{_now - board.StartedAt:mm\\:ss}[/]");
    }

    private Panel Host(HostView host, int most)
    {
        string colour = host.Standing switch
        {
            Standing.Ready => "green3",
            Standing.Lost => "red1",
            _ => "yellow",
        };
        Grid guests = new() { Expand = true };
        foreach (int columnWidth in (int[])(_isNarrow ? [8, 6, 4, 5, 9] : [8, 8, 6, 4, 5, 9]))
            guests.AddColumn(new GridColumn { Width = columnWidth, NoWrap = true, Padding = new Padding(0, 0, columnWidth == 9 ? 0 : 1, 0) });
        GuestView[] shown = [.. host.Guests.Values.OrderByDescending(guest => guest.LastEventAt).Take(most).OrderBy(guest => guest.Name, StringComparer.Ordinal)];
        foreach (GuestView guest in shown)
            guests.AddRow([.. Guest(guest, dim: host.Standing != Standing.Ready)]);
        string more = host.Guests.Count > shown.Length ? $" [grey]{(_isNarrow ? "+" : "and ")}{host.Guests.Count - shown.Length}{(_isNarrow ? "" : " more")}[/]" : "";
        return new Panel(guests)
        {
            Header = new PanelHeader($"[bold] {host.Name.EscapeMarkup()}[/] [{colour}]● {host.Status.EscapeMarkup()}[/]{more}[grey] [/]"),
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(host.Standing == Standing.Lost ? Color.Red1 : Color.Grey),
            Padding = new Padding(1, 0),
            Expand = true,
            Height = most + Frame,
        };
    }

    private IEnumerable<Markup> Guest(GuestView guest, bool dim)
    {
        (string state, string colour) = guest.State switch
        {
            DomainState.Running => (_isNarrow ? "run" : "running", "green3"),
            DomainState.Paused => ("paused", "yellow"),
            DomainState.Crashed => (_isNarrow ? "crash" : "crashed", "red1"),
            DomainState.Shutoff => (_isNarrow ? "off" : "shut off", "grey"),
            var other => (other.ToString().ToLowerInvariant(), "default"),
        };
        string shade = dim ? "grey" : "default";
        string load = dim ? "grey" : guest.Cpu switch { > 0.6 => "red1", > 0.3 => "yellow", _ => "default" };
        yield return new Markup($"[{shade}]{guest.Name.EscapeMarkup()}[/]");
        yield return new Markup($"[{(dim ? "grey" : colour)}]{state}[/]");
        if (!_isNarrow)
            yield return new Markup($"[{load}]{(guest.Cpu is null ? "" : string.Concat(guest.Loads.Select(Bar)))}[/]");
        yield return new Markup($"[{load}]{(guest.Cpu is { } used ? $"{used * 100,3:0}%" : "")}[/]");
        yield return new Markup($"[{shade}]{(guest.Memory is { } mib ? $"{mib,4}M" : "")}[/]");
        yield return new Markup($"[{(_now - guest.LastEventAt < Fresh ? "bold aqua" : "grey")}]{guest.LastEvent}[/]");
    }

    private static char Bar(double load) => Bars[(int)Math.Clamp(load * Bars.Length, 0, Bars.Length - 1)];

    private Grid Lower()
    {
        Grid lower = Columns([width / 2, width - width / 2]);
        lower.AddRow(Console(), Latest(width - width / 2, _consoleRows));
        return lower;
    }

    private static Grid Columns(IEnumerable<int> widths)
    {
        Grid grid = new() { Expand = true };
        foreach (int columnWidth in widths)
            grid.AddColumn(new GridColumn { Padding = new Padding(0, 0), Width = columnWidth });
        return grid;
    }

    private Panel Console() => Box(
        board.ConsoleOf.Length > 0 ? $"console of {board.ConsoleOf}" : "console",
        new Text(string.Join('\n', board.ConsoleText.Split('\n').TakeLast(_consoleRows))),
        "deepskyblue1",
        _consoleRows);

    private Panel Latest(int boxWidth, int rows)
    {
        IEnumerable<Happening> latest = board.Latest.Where(happening => happening.Kind is not HappeningKind.Console).Take(rows - (board.Transfer is null ? 0 : 1));
        return Box("latest", new Rows([.. Transfer(boxWidth - 4), .. latest.Select(happening => Line(happening, boxWidth - 4))]), "grey", rows);
    }

    private IEnumerable<IRenderable> Transfer(int line)
    {
        if (board.Transfer is not { } transfer)
            yield break;
        int room = Math.Max(5, line - transfer.What.Length - transfer.Text.Length - 2);
        int done = (int)(room * Math.Clamp(transfer.Done, 0, 1));
        yield return new Markup(
            $"{transfer.What.EscapeMarkup()} [green3]{new string('━', done)}[/][grey]{new string('━', room - done)}[/] {transfer.Text.EscapeMarkup()}");
    }

    private static Markup Line(Happening happening, int room)
    {
        string rest = $"{happening.Subject} {happening.Text}";
        int fits = Math.Max(0, room - "HH:mm:ss ".Length);
        if (rest.Length > fits)
            rest = $"{rest[..Math.Max(0, fits - 1)]}…";
        string colour = happening.Kind == HappeningKind.Connection ? "yellow" : "default";
        return new Markup($"[grey]{happening.Time:HH:mm:ss}[/] [{colour}]{rest.EscapeMarkup()}[/]");
    }

    private static Panel Box(string title, IRenderable content, string colour, int rows) => new(content)
    {
        Header = new PanelHeader($"[{colour}] {title.EscapeMarkup()} [/]"),
        Border = BoxBorder.Rounded,
        BorderStyle = new Style(Color.Grey),
        Expand = true,
        Height = rows + Frame,
        Padding = new Padding(1, 0),
    };
}
