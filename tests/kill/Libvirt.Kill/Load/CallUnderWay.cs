using System.Diagnostics;

namespace Libvirt.Kill.Load;

/// <summary>A call that has begun.</summary>
/// <param name="Name">Its procedure.</param>
/// <param name="Since">The timestamp of its begin.</param>
internal sealed record CallUnderWay(string Name, long Since)
{
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Since);
}
