using Libvirt.Hosting.Hocon;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class MalformedTests
{
    [Theory]
    [InlineData("a", 1, 1, "has no value")]
    [InlineData("x = 1\n  a\nb = 2", 2, 3, "has no value")]
    [InlineData("a =", 1, 1, "has no value")]
    [InlineData("a =\nb = 1", 1, 1, "has no value")]
    [InlineData("a = ,", 1, 5, "nothing before the comma")]
    [InlineData("a = }", 1, 5, "'}' closes nothing")]
    [InlineData("x { a = }", 1, 5, "has no value")]
    [InlineData("= 1", 1, 1, "a setting is expected here")]
    [InlineData("a = 1 }", 1, 7, "'}' closes nothing")]
    [InlineData("{ a = 1 } b = 2", 1, 11, "the text should end")]
    [InlineData("x = 1\na { b = 1", 2, 3, "the '{' is never closed")]
    [InlineData("a = [1, 2", 1, 5, "the '[' is never closed")]
    [InlineData("a { b = [1 }", 1, 12, "'}' does not close the '[' before it")]
    [InlineData("a = [1,,2]", 1, 8, "nothing before the comma")]
    [InlineData("a = 1,,b = 2", 1, 7, "nothing before the comma")]
    [InlineData("a = [,1]", 1, 6, "nothing before the comma")]
    [InlineData("a = [x = 1]", 1, 8, "may stand only in a quoted string")]
    [InlineData("[1, 2]", 1, 1, "a setting is expected here")]
    [InlineData("a = b = c", 1, 7, "two settings on one line need a comma")]
    [InlineData("a = 1 b = 2\nc = 3", 1, 9, "two settings on one line need a comma")]
    [InlineData("a = {} b = 1", 1, 8, "two settings on one line need a comma")]
    [InlineData("a {} b = 1", 1, 6, "two settings on one line need a comma")]
    [InlineData("uri = qemu:///system", 1, 11, "may stand only in a quoted string")]
    [InlineData("a = x@y", 1, 6, "'@' may stand only in a quoted string")]
    [InlineData("a = [?]", 1, 6, "'?' may stand only in a quoted string")]
    [InlineData("a = \"x", 1, 5, "no closing quote on its line")]
    [InlineData("a = \"x\ny\"", 1, 5, "no closing quote on its line")]
    [InlineData("a = \"x\\qy\"", 1, 7, "the escape is unknown")]
    [InlineData("a = \"\\u12g4\"", 1, 6, "the escape is unknown")]
    [InlineData("a = \"\"\"x\ny", 1, 5, "in three quotes is never closed")]
    [InlineData("\"a\" \"b\" = 1", 1, 5, "the parts of a key are separated by dots")]
    [InlineData("\"a\"b = 1", 1, 4, "the parts of a key are separated by dots")]
    [InlineData("a..b = 1", 1, 1, "a part of the key is empty")]
    [InlineData(".a = 1", 1, 1, "a part of the key is empty")]
    [InlineData("a. = 1", 1, 1, "a part of the key is empty")]
    [InlineData("a = ${}", 1, 5, "the reference is malformed")]
    [InlineData("a = ${b", 1, 5, "the reference is malformed")]
    [InlineData("a = ${b.}", 1, 5, "the reference is malformed")]
    [InlineData("a = $b", 1, 5, "'$' may stand only in a quoted string")]
    [InlineData("${a} = 1", 1, 1, "a key cannot be a reference")]
    [InlineData("a = [1] x", 1, 9, "cannot stand beside another value")]
    [InlineData("a = x { b = 1 }", 1, 7, "cannot stand beside another value")]
    [InlineData("b = 1\na = ${b} { c = 1 }", 2, 10, "cannot stand beside another value")]
    [InlineData("a += 1", 1, 3, "'+=' is not supported")]
    [InlineData("include url(\"http://x\")", 1, 1, "'include url(' is not supported")]
    [InlineData("include required(\"x\")", 1, 1, "'include required(' is not supported")]
    public void Malformed_text_is_refused_with_its_position(string text, int line, int column, string problem)
    {
        HoconException refused = Text.Refused(text);

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (refused.Line, refused.Column));
        Assert.StartsWith($"test.conf({line},{column}): ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", 100_000)]
    [InlineData("[", 100_000)]
    [InlineData("a{", 100_000)]
    [InlineData("a=[", 100_000)]
    [InlineData("a=[{", 100_000)]
    [InlineData("a.", 100_000)]
    [InlineData("${", 100_000)]
    [InlineData("a=${b}", 100_000)]
    [InlineData("a=\"\"\"", 100_001)]
    public void Repetition_of_any_token_is_refused(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));

        Text.Refused(text);
        Text.Refused("x { " + text);
    }

    [Fact]
    public void References_that_multiply_are_refused()
    {
        string strings = "v0 = lol\n" + Lines(40, i => $"v{i} = ${{v{i - 1}}}${{v{i - 1}}}");
        string lists = "v0 = [1]\n" + Lines(40, i => $"v{i} = ${{v{i - 1}}} ${{v{i - 1}}}");
        string objects = "v0 { x = 1 }\n" + Lines(40, i => $"v{i} {{ l = ${{v{i - 1}}}, r = ${{v{i - 1}}} }}");

        Assert.All([strings, lists, objects], text => Text.Refused(text));
    }

    [Fact]
    public void Chain_of_references_is_limited()
    {
        string text = Lines(100_000, i => $"v{i} = ${{v{i + 1}}}");

        Assert.Contains("references lead from one to the next", Text.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_by_references_is_limited()
    {
        string text = "v0 { x = 1 }\n" + Lines(100_000, i => $"v{i} {{ x = ${{v{i - 1}}} }}");

        Assert.Contains("nested more than", Text.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_text_yields_settings_or_an_error_with_a_position()
    {
        const string Alphabet = "ab.={}[],:+\"\n #/$?\\ \t0-e()";
        string[] words = ["a", "b.c", "${a}", "${?b}", "+=", "include \"x\"", "\"\"\"", "null", "{", "}", "[", "]", "=", "\n", ",", " ", "\"q\""];
        Random random = new(20261121);
        for (int round = 0; round < 20_000; round++)
        {
            string text = round % 2 == 0
                ? new string(random.GetItems<char>(Alphabet, random.Next(1, 40)))
                : string.Concat(random.GetItems(words, random.Next(1, 25)));
            try
            {
                Text.Read(text);
            }
            catch (HoconException refused)
            {
                Assert.True(refused.Line >= 1 && refused.Column >= 1, text);
            }
        }
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(i => line(i) + "\n"));
}
