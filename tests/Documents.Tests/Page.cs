using System.Text.RegularExpressions;
using Libvirt.Testing;
using Xunit;

namespace Documents.Tests;

/// <summary>A page that readers are given.</summary>
/// <param name="Name">Its path in the checkout.</param>
/// <param name="Text">What stands in it.</param>
internal sealed partial record Page(string Name, string Text)
{
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Found("", "*.md", SearchOption.TopDirectoryOnly),
        .. Found("docs", "*.md", SearchOption.AllDirectories),
        .. Found("samples", "README.md", SearchOption.AllDirectories),
        .. Found("src", "README.md", SearchOption.AllDirectories),
    ];

    public static TheoryData<string> Names => [.. All.Select(page => page.Name)];

    public static Page Of(string name) => All.Single(page => page.Name == name);

    /// <summary>Its blocks in a language, in their order.</summary>
    public IEnumerable<Block> Blocks(string language) => AnyBlock().Matches(Text)
        .Where(match => match.Groups["language"].Value == language)
        .Select(match => new Block(
            match.Groups["file"].Value,
            match.Groups["code"].Value,
            $"{Name}:{Text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1}"));

    /// <summary>What its links lead to, code left out.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(AnyBlock().Replace(Text, ""), "")).Select(match => match.Groups[1].Value);

    /// <summary>The names that a link may end with after #: those written down, and those made of headings.</summary>
    public IEnumerable<string> Anchors =>
    [
        .. WrittenAnchor().Matches(Text).Select(match => match.Groups[1].Value),
        .. Heading().Matches(AnyBlock().Replace(Text, "")).Select(match => NotInAnchor().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    private static IEnumerable<Page> Found(string folder, string pattern, SearchOption depth) => Directory
        .GetFiles(RepositoryRoot.Combine(folder), pattern, depth)
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))
        .Where(name => !name.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal)
        .Select(name => new Page(name, File.ReadAllText(RepositoryRoot.Combine(name))));

    [GeneratedRegex("(?:^`(?<file>[A-Za-z.]+)`[^\n]*\n\n)?^```(?<language>[a-z]*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AnyBlock();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("<a id=\"([^\"]+)\">")]
    private static partial Regex WrittenAnchor();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    /// <summary>A block of code in a page.</summary>
    /// <param name="File">The file that the line before the block names; empty if it names none.</param>
    /// <param name="Code">The code.</param>
    /// <param name="Place">Page and line, for error messages.</param>
    internal sealed record Block(string File, string Code, string Place);
}
