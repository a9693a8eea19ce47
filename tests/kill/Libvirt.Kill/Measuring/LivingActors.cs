namespace Libvirt.Kill.Measuring;

/// <summary>The one place that asks the actor engine how many actors there are.</summary>
internal static class LivingActors
{
    /// <summary>Actors of the runtime's system that have not ended.</summary>
    public static long Count(LibvirtRuntime runtime) => runtime.System.Counters.LivingActors;
}
