using System.Diagnostics;
using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class IncludeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Included_file_replaces_its_include()
    {
        Write("base.conf", "x = 1, y = 1");

        Assert.Equal("x=1; y=2", Settings("include \"base.conf\"\ny = 2"));
        Assert.Equal("x=1; y=1", Settings("y = 2\ninclude \"base.conf\""));
        Assert.Equal("a.x=1; a.y=1; a.z=1", Settings("a { z = 1, include \"base.conf\" }"));
    }

    [Fact]
    public void Included_path_is_relative_to_the_including_file()
    {
        Write("sub/one.conf", "include \"two.conf\"");
        Write("sub/two.conf", "x = 2");

        Assert.Equal("x=2", Settings("include \"sub/one.conf\""));
        Assert.Equal("x=2", Settings($"include \"{Path.Combine(_directory, "sub/two.conf")}\""));
    }

    [Fact]
    public void Reference_in_an_included_file_sees_its_own_settings_first()
    {
        Write("base.conf", "x = 10\ny = ${x}\nz = ${other}");

        Assert.Equal("a.x=10; a.y=10; a.z=5; other=5; x=7", Settings("x = 7\nother = 5\na { include \"base.conf\" }"));
    }

    [Fact]
    public void Missing_file_is_ignored()
    {
        Assert.Equal("a=1", Settings("include \"missing.conf\"\na = 1"));
        Assert.Equal("a=1", Settings("include \"missing.conf\", a = 1"));
    }

    [Fact]
    public void Ending_conf_can_be_omitted()
    {
        Write("base.conf", "x = 1");

        Assert.Equal("x=1", Settings("include \"base\""));
    }

    [Fact]
    public void Pipe_is_refused_without_waiting_for_its_writer()
    {
        string pipe = Path.Combine(_directory, "pipe.conf");
        using (Process mkfifo = Process.Start("mkfifo", pipe))
            mkfifo.WaitForExit();

        HoconException refused = Text.Refused("a = 1\ninclude \"pipe.conf\"", _directory);
        Assert.Contains($"'{pipe}' cannot be read: It is not a regular file.", refused.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1), (refused.Line, refused.Column));
        Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile(pipe).Build());
    }

    [Fact]
    public void Device_is_refused()
    {
        HoconException refused = Text.Refused("include \"/dev/zero\"");

        Assert.Contains("'/dev/zero' cannot be read: It is not a regular file.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("a=1", Settings("include \"/dev/null\"\na = 1"));
    }

    [Fact]
    public void Size_of_all_files_is_limited()
    {
        Write("large.conf", $"# {new string('x', 9 * 1024 * 1024)}\n");

        Assert.Equal("a=1", Settings("include \"large.conf\"\na = 1"));
        HoconException refused = Text.Refused("a = 1\ninclude \"large.conf\"\ninclude \"large.conf\"", _directory);
        Assert.Contains("large.conf' is too large: a configuration may have 16777216 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reference_in_an_included_file_sees_an_overriding_value()
    {
        Write("base.conf", "x = 10\ny = ${x}");

        Assert.Equal("a.x=42; a.y=42", Settings("a { include \"base.conf\" }\na.x = 42"));
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
    public void Number_of_includes_is_limited()
    {
        for (int i = 0; i < 30; i++)
            Write($"f{i}.conf", $"include \"f{i + 1}.conf\"\ninclude \"f{i + 1}.conf\"");
        Write("f30.conf", "x = 1");

        Assert.Contains("files are included", Text.Refused("include \"f0.conf\"", _directory).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_in_an_included_file_names_that_file()
    {
        string path = Write("base.conf", "x = 1\ny = [");

        HoconException refused = Text.Refused("include \"base.conf\"", _directory);
        Assert.Equal((path, 2, 5), (refused.File, refused.Line, refused.Column));
    }

    [Fact]
    public void Relative_include_of_a_text_without_directory_is_refused()
    {
        Assert.Contains("has no directory", Text.Refused("include \"base.conf\"").Message, StringComparison.Ordinal);
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
