using Libvirt.Hosting.Hocon;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class MalformedTests
{
    [Theory]
    [InlineData("a", 1, 1, "'a' has no value")]
    [InlineData("x = 1\n  a\nb = 2", 2, 3, "'a' has no value")]
    [InlineData("a =", 1, 4, "a value should be")]
    [InlineData("a = ,", 1, 5, "a value should be")]
    [InlineData("a = }", 1, 5, "a value should be")]
    [InlineData("= 1", 1, 1, "a setting should be")]
    [InlineData("a = 1 }", 1, 7, "the text should end")]
    [InlineData("{ a = 1 } b = 2", 1, 11, "the text should end")]
    [InlineData("x = 1\na { b = 1", 2, 3, "the '{' is never closed")]
    [InlineData("a = [1, 2", 1, 5, "the '[' is never closed")]
    [InlineData("a { b = [1 }", 1, 12, "a new line, a comma or the end of the array")]
    [InlineData("a = [1,,2]", 1, 8, "nothing between two commas")]
    [InlineData("a = 1,,b = 2", 1, 7, "nothing between two commas")]
    [InlineData("a = [,1]", 1, 6, "a value should be")]
    [InlineData("[1, 2]", 1, 1, "the outermost value cannot be an array")]
    [InlineData("a = b = c", 1, 7, "two settings on one line need a comma")]
    [InlineData("a = {} b = 1", 1, 10, "two settings on one line need a comma")]
    [InlineData("uri = qemu+tls://hv1/system", 1, 11, "'+' may stand only in a quoted string")]
    [InlineData("uri = qemu:///system", 1, 11, "text with such characters goes between quotes")]
    [InlineData("a = x@y", 1, 6, "'@' may stand only in a quoted string")]
    [InlineData("a = \u0001", 1, 5, "'U+0001' may stand only in a quoted string")]
    [InlineData("a = \"x", 1, 5, "no closing quote on its line")]
    [InlineData("a = \"x\ny\"", 1, 5, "no closing quote on its line")]
    [InlineData("a = \"x\\qy\"", 1, 7, "the escape is unknown")]
    [InlineData("a = \"\\u12g4\"", 1, 6, "\\u needs four hexadecimal digits")]
    [InlineData("a = \"\\u12", 1, 6, "\\u needs four hexadecimal digits")]
    [InlineData("a = \"x\\", 1, 7, "the escape is unknown")]
    [InlineData("a = \"x\ty\"", 1, 7, "the control character U+0009")]
    [InlineData("a = \"\"\"x\ny", 1, 5, "in three quotes is never closed")]
    [InlineData("a = \"\"\"x\ny\"\"\" @", 2, 6, "'@' may stand only")]
    [InlineData("a..b = 1", 1, 1, "the path has an empty part")]
    [InlineData(".a = 1", 1, 1, "the path has an empty part")]
    [InlineData("a. = 1", 1, 1, "the path has an empty part")]
    [InlineData("a = ${}", 1, 7, "a key should be")]
    [InlineData("a = ${b", 1, 5, "the '${' is never closed")]
    [InlineData("a = ${b\n}", 1, 5, "the '${' is never closed")]
    [InlineData("a = $b", 1, 5, "'$' may stand only in a quoted string")]
    [InlineData("a = ${b.}", 1, 7, "the path has an empty part")]
    [InlineData("a = [1] x", 1, 9, "a plain value cannot stand beside an array")]
    [InlineData("a = { b = 1 } x", 1, 15, "a plain value cannot stand beside an object")]
    [InlineData("include = 1", 1, 1, "is written \"include\"")]
    [InlineData("include url(\"http://x\")", 1, 1, "'include url(' is not known")]
    [InlineData("include required(\"x\"", 1, 1, "')' should end this include")]
    public void Malformed_text_is_refused_where_it_is_wrong(string text, int line, int column, string problem)
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
    public void Whatever_is_repeated_ends_as_an_error(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));

        Text.Refused(text);
        Text.Refused("x { " + text);
    }

    [Fact]
    public void Substitutions_that_multiply_beyond_all_bounds_are_refused()
    {
        string strings = "v0 = lol\n" + Lines(40, i => $"v{i} = ${{v{i - 1}}}${{v{i - 1}}}");
        string arrays = "v0 = [1]\n" + Lines(40, i => $"v{i} = ${{v{i - 1}}} ${{v{i - 1}}}");
        string objects = "v0 { x = 1 }\n" + Lines(40, i => $"v{i} {{ l = ${{v{i - 1}}}, r = ${{v{i - 1}}} }}");
        string merges = objects + Lines(40, i => $"w{i} {{ l = ${{v{i - 1}}}, r = ${{v{i - 1}}} }}") + "z = ${v40}\nz = ${w40}\n";
        string own = "a = [1]\n" + Lines(60, _ => "a = ${a} ${a}");

        Assert.All([strings, arrays, objects, merges, own], text => Text.Refused(text));
    }

    [Fact]
    public void A_chain_of_substitutions_against_the_order_of_the_text_is_bounded()
    {
        string text = Lines(100_000, i => $"v{i} = ${{v{i + 1}}}");

        Assert.Contains("substitutions lead from one to the next", Text.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_that_grow_by_substitution_are_bounded_in_depth()
    {
        string text = "v0 { x = 1 }\n" + Lines(100_000, i => $"v{i} {{ x = ${{v{i - 1}}} }}");

        Assert.Contains("nested more than", Text.Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_broken_at_random_give_settings_or_an_error_with_a_position()
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
