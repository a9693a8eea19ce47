using Libvirt.Bench.Peers;
using Libvirt.Testing;

namespace Libvirt.Bench.Running;

/// <summary>What the sections share.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Contenders">Who is measured.</param>
/// <param name="Daemon">The daemon that all of them talk to.</param>
/// <param name="Journal">Which rounds are done.</param>
internal sealed record BenchContext(BenchOptions Options, Contenders Contenders, LibvirtDaemon Daemon, Journal Journal)
{
    /// <summary>Tells on stderr what is being done, on one line that is written over.</summary>
    public void Say(string what)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(what);
        else
            Console.Error.Write($"\r\e[K{what}");
    }
}
