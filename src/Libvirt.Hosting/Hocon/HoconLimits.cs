namespace Libvirt.Hosting.Hocon;

/// <summary>
/// Limits of what one text may ask for, far above what configuration files need. They turn a text that would exhaust the stack or the memory into an error.
/// </summary>
internal static class HoconLimits
{
    /// <summary>Characters in a text and all files that it includes.</summary>
    public const int MaxTextLength = 16 * 1024 * 1024;

    /// <summary>Nesting of objects and lists, and parts of one key.</summary>
    public const int MaxDepth = 128;

    /// <summary>Files that include one another in a row.</summary>
    public const int MaxIncludeDepth = 32;

    /// <summary>Files that are included in all.</summary>
    public const int MaxIncludes = 1000;

    /// <summary>References that lead from one to the next.</summary>
    public const int MaxReferenceDepth = 128;

    /// <summary>Characters in one value.</summary>
    public const int MaxValueLength = 1024 * 1024;

    /// <summary>Settings that one text may yield.</summary>
    public const int MaxSettings = 250_000;

    /// <summary>References that are resolved for one text, counted each time.</summary>
    public const int MaxResolutions = 1_000_000;
}
