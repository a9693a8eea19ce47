namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Where a text comes from, and what it may include from there.</summary>
internal sealed class IncludeScope
{
    private static readonly string[] Extensions = [".json", ".conf"];

    private readonly IncludeScope? _parent;
    private readonly string? _directory;
    private readonly IncludedFiles _files;
    private readonly string? _path;
    private readonly int _depth;

    private IncludeScope(string source, string? path, string? directory, IncludedFiles files, IncludeScope? parent)
    {
        Source = source;
        _path = path;
        _directory = directory;
        _files = files;
        _parent = parent;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    /// <summary>What errors call the text.</summary>
    public string Source { get; }

    public static IncludeScope ForFile(string path, IncludedFiles files) =>
        new(path, Path.GetFullPath(path), Path.GetDirectoryName(Path.GetFullPath(path)), files, null);

    public static IncludeScope ForText(string source, string? directory, IncludedFiles files) => new(source, null, directory, files, null);

    /// <summary>
    /// Opens what an include names: the file, or with <c>.json</c> and <c>.conf</c> added, in this order, when there is none of the very name.
    /// A file that is missing is nothing, unless it is required.
    /// </summary>
    public IEnumerable<(string Text, IncludeScope Scope)> Open(string name, bool required, HoconPosition position)
    {
        string path = Resolve(name, position);
        bool found = false;
        foreach (string candidate in _files.Exists(path) ? [path] : Extensions.Select(extension => path + extension).Where(_files.Exists))
        {
            found = true;
            RefuseCycle(candidate, position);
            if (_depth >= HoconLimits.MaxIncludeDepth)
                throw new HoconException(position, $"more than {HoconLimits.MaxIncludeDepth} files include one another in a row");
            string text = _files.Read(candidate, position);
            yield return (text, new IncludeScope(candidate, candidate, Path.GetDirectoryName(candidate), _files, this));
        }

        if (!found && required)
            throw new HoconException(position, $"the included file '{path}' does not exist");
    }

    private string Resolve(string name, HoconPosition position)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            throw new HoconException(position, "the included file has no usable name");
        if (Path.IsPathFullyQualified(name))
            return Path.GetFullPath(name);
        if (_directory is null)
            throw new HoconException(position, $"'{name}' is relative, and this text lies in no directory; give it one or use an absolute path");
        return Path.GetFullPath(name, _directory);
    }

    private void RefuseCycle(string path, HoconPosition position)
    {
        for (IncludeScope? scope = this; scope is not null; scope = scope._parent)
        {
            if (scope._path == path)
                throw new HoconException(position, $"the file includes itself: {Chain(scope)} -> {path}");
        }
    }

    private string Chain(IncludeScope from) => this == from ? Source : $"{_parent!.Chain(from)} -> {Source}";
}
