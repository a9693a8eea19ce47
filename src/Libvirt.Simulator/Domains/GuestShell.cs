using System.Globalization;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>
/// A very small shell on a serial line: it echoes what is typed, edits with backspace, and knows a handful of commands. It works on
/// characters as they come.
/// </summary>
internal sealed class GuestShell
{
    private const string Prompt = "/ # ";
    private const int MaxLine = 4096;

    private readonly SimulatedDomain _domain;
    private readonly StringBuilder _line = new();
    private bool _hasPrompted;

    public GuestShell(SimulatedDomain domain) => _domain = domain;

    /// <summary>Takes what was typed and shows what the line shows of it.</summary>
    public void Type(ReadOnlySpan<byte> typed, Action<string> show)
    {
        StringBuilder shown = new();
        foreach (char c in Encoding.UTF8.GetString(typed))
            Type(c, shown, show);
        Flush(shown, show);
    }

    private void Type(char c, StringBuilder shown, Action<string> show)
    {
        switch (c)
        {
            case '\r' or '\n':
                shown.Append("\r\n");
                Enter(shown, show);
                break;
            case '\b' or '\x7f' when _line.Length > 0:
                _line.Length--;
                shown.Append("\b \b");
                break;
            case '\x03':
                _line.Clear();
                shown.Append("^C\r\n").Append(Prompt);
                break;
            case >= ' ' when _line.Length < MaxLine:
                _line.Append(c);
                shown.Append(c);
                break;
        }
    }

    private void Enter(StringBuilder shown, Action<string> show)
    {
        if (!_hasPrompted)
        {
            _hasPrompted = true;
            shown.Append(CultureInfo.InvariantCulture, $"Simulated guest {_domain.Name}, console ttyS0\r\n");
        }
        string line = _line.ToString().Trim();
        _line.Clear();
        // The command may be the end of the guest and of this line.
        Flush(shown, show);
        string output = line.Length == 0 ? "" : Run(line);
        shown.Append(output.Replace("\n", "\r\n", StringComparison.Ordinal));
        if (_domain.IsActive)
            shown.Append(Prompt);
    }

    private static void Flush(StringBuilder shown, Action<string> show)
    {
        if (shown.Length > 0)
            show(shown.ToString());
        shown.Clear();
    }

    private string Run(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "echo":
                return string.Join(' ', words[1..]) + "\n";
            case "hostname":
                return _domain.Name + "\n";
            case "uname":
                return words.Length > 1 ? $"Linux {_domain.Name} 6.12.0-simulated x86_64\n" : "Linux\n";
            case "uptime":
                return string.Create(CultureInfo.InvariantCulture, $"up {_domain.RunTime.TotalSeconds:F0} s\n");
            case "nproc":
                return string.Create(CultureInfo.InvariantCulture, $"{_domain.Current.Vcpus}\n");
            case "free":
                ulong total = _domain.Current.CurrentMemoryKiB;
                return string.Create(CultureInfo.InvariantCulture, $"total {total} free {_domain.Statistics.UnusedKiB}\n");
            case "date":
                return _domain.Host.Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) + "\n";
            case "ls":
                return "bin  dev  etc  proc  sys  tmp\n";
            case "help":
                return "date echo free help hostname ls nproc panic poweroff reboot uname uptime\n";
            case "poweroff":
                _domain.ShutdownFromWithin();
                return "";
            case "reboot":
                _domain.RebootNow();
                return "";
            case "panic":
                _domain.Crash();
                return "";
            default:
                return $"sh: {words[0]}: not found\n";
        }
    }
}
