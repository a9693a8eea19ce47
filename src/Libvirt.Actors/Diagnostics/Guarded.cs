namespace Libvirt.Diagnostics;

/// <summary>Runs what may call listeners of the program's: what they throw must not become a failed call or a failed actor.</summary>
internal static class Guarded
{
    public static void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception)
        {
            // A listener's failure is the listener's own; there is nobody to tell.
        }
    }
}
