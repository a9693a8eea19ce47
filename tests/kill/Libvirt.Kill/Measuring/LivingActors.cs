using Libvirt.TestKit;

namespace Libvirt.Kill.Measuring;

/// <summary>How many actors the runtime has.</summary>
internal static class LivingActors
{
    /// <summary>The actors of the runtime's system that have not stopped.</summary>
    public static long Count(LibvirtRuntime runtime) => ActorTree.CountLivingActors(runtime.System);
}
