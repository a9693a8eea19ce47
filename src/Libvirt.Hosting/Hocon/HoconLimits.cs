namespace Libvirt.Hosting.Hocon;

/// <summary>
/// Bounds on what a text may ask for, far above what people write. They turn a text that would exhaust stack or memory into an error with a position.
/// </summary>
internal static class HoconLimits
{
    /// <summary>Characters in one file.</summary>
    public const int MaxTextLength = 16 * 1024 * 1024;

    /// <summary>How deep objects and arrays may be nested, keys with dots counted by their parts.</summary>
    public const int MaxDepth = 128;

    /// <summary>How many files may include one another in a row.</summary>
    public const int MaxIncludeDepth = 32;

    /// <summary>How many files may be included in all.</summary>
    public const int MaxIncludes = 1000;

    /// <summary>How many substitutions may lead from one to the next.</summary>
    public const int MaxSubstitutionDepth = 500;

    /// <summary>Characters in one value after substitution.</summary>
    public const int MaxValueLength = 1 * 1024 * 1024;

    /// <summary>Elements of one array after concatenation.</summary>
    public const int MaxArrayLength = 100_000;

    /// <summary>Settings that one text may yield.</summary>
    public const int MaxSettings = 250_000;

    /// <summary>Members that are merged, elements that are appended and characters that are joined in resolving one text, all together.</summary>
    public const long MaxWork = 8 * 1024 * 1024;
}
