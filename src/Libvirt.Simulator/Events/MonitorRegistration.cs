using System.Text.RegularExpressions;

namespace Libvirt.Simulator;

/// <summary>Which monitor events a client wants.</summary>
internal sealed class MonitorRegistration
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private readonly Guid? _domain;
    private readonly Func<string, bool> _matches;

    /// <param name="domain">Only this guest; null for all.</param>
    /// <param name="name">The event's name or pattern; null for all.</param>
    /// <param name="flags">Whether the name is a pattern, and whether case counts.</param>
    public MonitorRegistration(Guid? domain, string? name, ConnectDomainQemuMonitorEventRegisterFlags flags)
    {
        _domain = domain;
        bool ignoresCase = flags.HasFlag(ConnectDomainQemuMonitorEventRegisterFlags.NoCase);
        if (name is null)
            _matches = _ => true;
        else if (flags.HasFlag(ConnectDomainQemuMonitorEventRegisterFlags.Regex))
            _matches = Pattern(name, ignoresCase);
        else
            _matches = e => e.Equals(name, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    public bool Wants(MonitorNotice notice) => (_domain ?? notice.Domain.Uuid) == notice.Domain.Uuid && _matches(notice.Event);

    private static Func<string, bool> Pattern(string pattern, bool ignoresCase)
    {
        try
        {
            Regex regex = new(pattern, ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None, PatternLimit);
            return regex.IsMatch;
        }
        catch (ArgumentException e)
        {
            throw Failures.Argument($"failed to compile regex '{pattern}': {e.Message}");
        }
    }
}
