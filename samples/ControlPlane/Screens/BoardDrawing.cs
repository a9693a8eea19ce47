using ControlPlane.Views;
using Libvirt;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ControlPlane.Screens;

/// <summary>Draws the board once, for a terminal of some size: hosts beside each other where they fit, fewer guests where they do not.</summary>
internal sealed class BoardDrawing(Board board, int width, int height)
{
    private const int HostWidth = 49;
    private const int LowerRows = 7;
    private const int HostFrame = 2;
    private const string Bars = "▁▂▃▄▅▆▇█";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _now = DateTimeOffset.Now;

    public IRenderable Draw()
    {
        lock (board.Gate)
        {
            int across = Math.Clamp(width / HostWidth, 1, Math.Max(1, board.Hosts.Count));
            int stacked = (board.Hosts.Count + across - 1) / across;
            int guests = Math.Max(1, (height - 3 - LowerRows - stacked * HostFrame) / Math.Max(1, stacked));
            Grid hosts = new() { Expand = true };
            for (int i = 0; i < across; i++)
                hosts.AddColumn(new GridColumn { Padding = new Padding(0, 0), Width = width / across });
            foreach (HostView[] row in board.Hosts.Chunk(across))
                hosts.AddRow([.. row.Select(host => Host(host, guests))]);
            return new Rows(Head(), hosts, Lower());
        }
    }

    private Markup Head()
    {
        GuestView[] guests = [.. board.Hosts.SelectMany(host => host.Guests.Values)];
        return new Markup(
            $"[bold]{board.Hosts.Count}[/] hypervisors  [bold]{guests.Length}[/] guests, [green3]{guests.Count(g => g.State == DomainState.Running)} running[/]  "
            + $"[bold]{board.Events}[/] events  [bold]{board.Reconnects}[/] reconnects  [grey]{_now - board.StartedAt:mm\\:ss}[/]");
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
        foreach (int columnWidth in (int[])[8, 8, 6, 4, 5, 9])
            guests.AddColumn(new GridColumn { Width = columnWidth, NoWrap = true, Padding = new Padding(0, 0, columnWidth == 9 ? 0 : 1, 0) });
        GuestView[] shown = [.. host.Guests.Values.OrderByDescending(guest => guest.LastEventAt).Take(most).OrderBy(guest => guest.Name, StringComparer.Ordinal)];
        foreach (GuestView guest in shown)
            guests.AddRow([.. Guest(guest, dim: host.Standing != Standing.Ready)]);
        string more = host.Guests.Count > shown.Length ? $" [grey]and {host.Guests.Count - shown.Length} more[/]" : "";
        return new Panel(guests)
        {
            Header = new PanelHeader($"[bold] {host.Name.EscapeMarkup()}[/] [{colour}]● {host.Status.EscapeMarkup()}[/]{more}[grey] [/]"),
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(host.Standing == Standing.Lost ? Color.Red1 : Color.Grey),
            Padding = new Padding(1, 0),
            Expand = true,
        };
    }

    private IEnumerable<Markup> Guest(GuestView guest, bool dim)
    {
        (string state, string colour) = guest.State switch
        {
            DomainState.Running => ("running", "green3"),
            DomainState.Paused => ("paused", "yellow"),
            DomainState.Crashed => ("crashed", "red1"),
            DomainState.Shutoff => ("shut off", "grey"),
            var other => (other.ToString().ToLowerInvariant(), "default"),
        };
        string shade = dim ? "grey" : "default";
        string load = dim ? "grey" : guest.Cpu switch { > 0.6 => "red1", > 0.3 => "yellow", _ => "default" };
        yield return new Markup($"[{shade}]{guest.Name.EscapeMarkup()}[/]");
        yield return new Markup($"[{(dim ? "grey" : colour)}]{state}[/]");
        yield return new Markup($"[{load}]{(guest.Cpu is null ? "" : string.Concat(guest.Loads.Select(Bar)))}[/]");
        yield return new Markup($"[{load}]{(guest.Cpu is { } used ? $"{used * 100,3:0}%" : "")}[/]");
        yield return new Markup($"[{shade}]{(guest.Memory is { } mib ? $"{mib,4}M" : "")}[/]");
        yield return new Markup($"[{(_now - guest.LastEventAt < Fresh ? "bold aqua" : "grey")}]{guest.LastEvent}[/]");
    }

    private static char Bar(double load) => Bars[(int)Math.Clamp(load * Bars.Length, 0, Bars.Length - 1)];

    private Grid Lower()
    {
        string[] console = [.. board.ConsoleText.Split('\n').TakeLast(LowerRows - 2)];
        Grid lower = new() { Expand = true };
        lower.AddColumn(new GridColumn { Padding = new Padding(0, 0), Width = width / 2 });
        lower.AddColumn(new GridColumn { Padding = new Padding(0, 0), Width = width - width / 2 });
        IEnumerable<Happening> latest = board.Latest.Where(happening => happening.Kind is not HappeningKind.Console).Take(LowerRows - 2 - (board.Transfer is null ? 0 : 1));
        lower.AddRow(
            Box(board.ConsoleOf.Length > 0 ? $"console of {board.ConsoleOf}" : "console", new Text(Lines(console)), "deepskyblue1"),
            Box("latest", new Rows([.. Transfer(), .. latest.Select(Line)]), "grey"));
        return lower;
    }

    private IEnumerable<IRenderable> Transfer()
    {
        if (board.Transfer is not { } transfer)
            yield break;
        int room = Math.Max(5, width / 2 - 4 - transfer.What.Length - transfer.Text.Length - 2);
        int done = (int)(room * Math.Clamp(transfer.Done, 0, 1));
        yield return new Markup(
            $"{transfer.What.EscapeMarkup()} [green3]{new string('━', done)}[/][grey]{new string('━', room - done)}[/] {transfer.Text.EscapeMarkup()}");
    }

    private static Markup Line(Happening happening) => new(
        $"[grey]{happening.Time:HH:mm:ss}[/] [{(happening.Kind == HappeningKind.Connection ? "yellow" : "default")}]{happening.Subject.EscapeMarkup()}[/] {happening.Text.EscapeMarkup()}")
    {
        Overflow = Overflow.Ellipsis,
    };

    private static Panel Box(string title, IRenderable content, string colour) => new(content)
    {
        Header = new PanelHeader($"[{colour}] {title.EscapeMarkup()} [/]"),
        Border = BoxBorder.Rounded,
        BorderStyle = new Style(Color.Grey),
        Expand = true,
        Height = LowerRows,
        Padding = new Padding(1, 0),
    };

    private static string Lines(string[] lines) => string.Join('\n', lines);
}
