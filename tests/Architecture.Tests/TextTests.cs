using Xunit;

namespace Architecture.Tests;

public sealed class TextTests
{
    private const int MostLines = 500;

    private static readonly string[] Written = [".cs", ".sh", ".md", ".csproj", ".props", ".targets", ".conf", ".txt", ".xml", ".json", ".yml"];

    // Put together here, so that this file does not hold what it forbids.
    private static readonly string[] Unfinished = [string.Concat("TO", "DO"), string.Concat("FIX", "ME"), string.Concat("NotImplemented", "Exception")];

    private static readonly string[] Places =
        [string.Concat("/wo", "rk/"), string.Concat("/root/.", "dotnet"), string.Concat("/root/.", "nuget"), string.Concat("../sha", "red"), string.Concat("C:", "\\Users")];

    private static IEnumerable<string> OwnFiles => Repository.Files().Where(file => !Repository.IsMadeByMachine(file) && IsText(file));

    [Fact]
    public void No_file_of_ours_is_longer_than_500_lines()
    {
        string[] extensions = [".cs", ".sh"];
        string[] tooLong =
        [
            .. OwnFiles.Where(file => extensions.Contains(Path.GetExtension(file)))
                .Select(file => (file, lines: Repository.Read(file).AsSpan().Count('\n')))
                .Where(found => found.lines > MostLines)
                .Select(found => $"{found.file} ({found.lines})"),
        ];

        Assert.True(tooLong.Length == 0, $"Longer than {MostLines} lines: {string.Join(", ", tooLong)}. Split by concept, or a large type into partial files by phase.");
    }

    [Fact]
    public void Nothing_under_src_is_left_for_later()
    {
        string[] left = [.. Find(OwnFiles.Where(file => file.StartsWith("src/", StringComparison.Ordinal)), Unfinished)];

        Assert.True(left.Length == 0, $"Unfinished: {string.Join("; ", left)}. Finish it, or leave it out.");
    }

    [Fact]
    public void No_text_speaks_of_the_machine_it_was_written_on()
    {
        string[] spoken = [.. Find(OwnFiles, Places)];

        Assert.True(spoken.Length == 0, $"Paths of one machine: {string.Join("; ", spoken)}. Use a path inside the checkout, an argument, or a made-up example such as /srv.");
    }

    [Fact]
    public void Code_has_no_regions()
    {
        string[] regions = [.. Find(OwnFiles.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)), [string.Concat("#reg", "ion")])];

        Assert.True(regions.Length == 0, $"Regions hide what should be split: {string.Join("; ", regions)}.");
    }

    private static IEnumerable<string> Find(IEnumerable<string> files, string[] words) =>
        from file in files
        from line in Repository.Read(file).Split('\n').Select((text, index) => (text, number: index + 1))
        from word in words
        where line.text.Contains(word, StringComparison.Ordinal)
        select $"{file}:{line.number} {word}";

    private static bool IsText(string file)
    {
        string extension = Path.GetExtension(file);
        return extension.Length == 0 || Written.Contains(extension);
    }
}
