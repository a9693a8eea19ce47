using System.Globalization;
using Libvirt.Testing;

namespace Libvirt.Bench.Tests;

/// <summary>How often a process asked the kernel to move bytes or to wait for them.</summary>
/// <param name="Sends">Calls that send.</param>
/// <param name="Receives">Calls that receive, or wait until there is something to receive.</param>
internal sealed record SystemCalls(double Sends, double Receives)
{
    private static readonly string[] Sending = ["sendto", "sendmsg", "sendmmsg", "write", "writev"];

    private static readonly string[] Receiving =
        ["recvfrom", "recvmsg", "recvmmsg", "read", "readv", "epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll", "select", "pselect6"];

    /// <summary>Those of a process that makes so many calls, its start and its end included.</summary>
    public static async Task<SystemCalls> OfAsync(string mode, int callers, int count)
    {
        string summary = Scratch.NewPath("strace");
        await CountedCalls.MakeAsync(mode, callers, callers, count, "strace", "-f", "-c", "-U", "name,calls", "-o", summary);
        Dictionary<string, long> counts = [];
        foreach (string line in await File.ReadAllLinesAsync(summary))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var calls] && long.TryParse(calls, CultureInfo.InvariantCulture, out long number))
                counts[name] = number;
        }
        return new SystemCalls(Sending.Sum(counts.GetValueOrDefault), Receiving.Sum(counts.GetValueOrDefault));
    }
}
