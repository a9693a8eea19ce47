namespace Libvirt.Calls;

/// <summary>Which part of the in-flight window a call may use.</summary>
internal enum CallPriority
{
    /// <summary>The window less its reserved slot.</summary>
    Normal,

    /// <summary>All of the window: calls that keep the connection itself healthy and are answered quickly.</summary>
    Control,
}
