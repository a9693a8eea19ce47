namespace Libvirt.Protocol;

/// <summary>Things that are made when they are first asked for, and then are the same for everybody.</summary>
internal static class Once
{
    /// <summary>Keeps what was made, unless another thread was quicker: then theirs is the one.</summary>
    public static T Keep<T>(ref T? place, T made)
        where T : class => Interlocked.CompareExchange(ref place, made, null) ?? made;
}
