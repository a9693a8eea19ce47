using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class IncludeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void An_included_file_stands_in_the_place_of_its_include()
    {
        Write("base.conf", "x = 1, y = 1");

        Assert.Equal("x=1; y=2", Settings("include \"base.conf\"\ny = 2"));
        Assert.Equal("x=1; y=1", Settings("y = 2\ninclude \"base.conf\""));
        Assert.Equal("a.x=1; a.y=1; a.z=1", Settings("a { z = 1, include \"base.conf\" }"));
    }

    [Fact]
    public void An_included_path_starts_from_the_file_that_includes_it()
    {
        Write("sub/one.conf", "include \"two.conf\"");
        Write("sub/two.conf", "x = 2");

        Assert.Equal("x=2", Settings("include \"sub/one.conf\""));
        Assert.Equal("x=2", Settings($"include \"{Path.Combine(_directory, "sub/two.conf")}\""));
    }

    [Fact]
    public void Substitutions_of_an_included_file_mean_its_own_settings_first()
    {
        Write("base.conf", "x = 10\ny = ${x}\nz = ${other}\nl = [1]\nl = ${l} [2]\nm += 1");

        Assert.Equal(
            "a.l.0=1; a.l.1=2; a.m.0=1; a.x=10; a.y=10; a.z=5; other=5; x=7",
            Settings("x = 7\nother = 5\na { include \"base.conf\" }"));
    }

    [Fact]
    public void A_substitution_of_an_included_file_sees_what_overrides_it()
    {
        Write("base.conf", "x = 10\ny = ${x}");

        Assert.Equal("a.x=42; a.y=42", Settings("a { include \"base.conf\" }\na.x = 42"));
    }

    [Theory]
    [InlineData("include \"base\"")]
    [InlineData("include file(\"base.conf\")")]
    [InlineData("include required(\"base.conf\")")]
    [InlineData("include required(file(\"base\"))")]
    [InlineData("include   required( \"base.conf\" )  # why")]
    [InlineData("include \"base.conf\", z = 1, z = null")]
    public void A_file_can_be_included_by_each_form(string text)
    {
        Write("base.conf", "x = 1");

        Assert.StartsWith("x=1", Settings(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_extension_json_comes_first_and_conf_on_top()
    {
        Write("base.json", """{ "x": 1, "y": 1 }""");
        Write("base.conf", "y = 2");

        Assert.Equal("x=1; y=2", Settings("include \"base\""));
    }

    [Fact]
    public void A_missing_file_is_nothing_unless_it_is_required()
    {
        Assert.Equal("a=1", Settings("include \"missing.conf\"\na = 1"));

        HoconException refused = Text.Refused("a = 1\ninclude required(\"missing.conf\")", _directory);
        Assert.Contains("missing.conf' does not exist", refused.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1), (refused.Line, refused.Column));
    }

    [Fact]
    public void Files_that_include_one_another_are_refused_with_their_chain()
    {
        string one = Write("one.conf", "x = 1\ninclude \"two.conf\"");
        string two = Write("two.conf", "include \"one.conf\"");

        HoconException refused = Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile(one).Build());
        Assert.Contains($"the file includes itself: {one} -> {two} -> {one}", refused.Message, StringComparison.Ordinal);
        Assert.Equal((two, 1, 1), (refused.File, refused.Line, refused.Column));
    }

    [Fact]
    public void Many_files_that_include_others_twice_are_bounded()
    {
        for (int i = 0; i < 30; i++)
            Write($"f{i}.conf", $"include \"f{i + 1}.conf\"\ninclude \"f{i + 1}.conf\"");
        Write("f30.conf", "x = 1");

        Assert.Contains("files are included", Text.Refused("include \"f0.conf\"", _directory).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file()
    {
        string path = Write("base.conf", "x = 1\ny = [");

        HoconException refused = Text.Refused("include \"base.conf\"", _directory);
        Assert.Equal((path, 2, 5), (refused.File, refused.Line, refused.Column));
    }

    [Fact]
    public void A_relative_include_of_a_text_without_directory_is_refused()
    {
        Assert.Contains("lies in no directory", Text.Refused("include \"base.conf\"").Message, StringComparison.Ordinal);
    }

    private string Settings(string text) => Text.Settings(text, _directory);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
