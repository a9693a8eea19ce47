using Libvirt.Transports;

namespace Libvirt.Tests.Transports;

public sealed class ProgramPathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("path").FullName;

    [Fact]
    public void A_name_is_found_in_the_first_directory_of_the_path_that_has_it()
    {
        string first = Executable("first", "tool");
        Executable("second", "tool");

        Assert.Equal(first, ProgramPath.Resolve("tool", $"{Folder("empty")}:{Folder("first")}:{Folder("second")}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":")]
    [InlineData("bin:../bin")]
    public void The_current_directory_and_relative_entries_of_the_path_are_not_searched(string searchPath)
    {
        // Not that of the test process, which other tests share: a file of this name would be found in the current directory if it were searched.
        string name = Path.GetFileName(Executable(Environment.CurrentDirectory, $"tool-{Guid.NewGuid():N}"));
        try
        {
            LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => ProgramPath.Resolve(name, searchPath));

            Assert.Equal(ConnectFailure.TunnelFailed, error.Reason);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(Path.Combine(Environment.CurrentDirectory, name));
        }
    }

    [Theory]
    [InlineData("./ssh")]
    [InlineData("../ssh")]
    [InlineData("bin/ssh")]
    [InlineData("")]
    public void A_relative_path_is_refused(string program)
    {
        LibvirtConnectException error = Assert.Throws<LibvirtConnectException>(() => ProgramPath.Resolve(program, "/usr/bin"));

        Assert.Equal(ConnectFailure.UnsupportedUri, error.Reason);
        Assert.Contains("absolute path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_or_a_file_that_is_not_executable_is_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(Folder("first"), "tool"));
        File.WriteAllText(Path.Combine(Folder("second"), "tool"), "");
        string third = Executable("third", "tool");

        Assert.Equal(third, ProgramPath.Resolve("tool", $"{Folder("first")}:{Folder("second")}:{Folder("third")}"));
    }

    [Fact]
    public void An_absolute_path_is_used_as_it_is() => Assert.Equal("/nowhere/ssh", ProgramPath.Resolve("/nowhere/ssh", "/usr/bin"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private string Executable(string folder, string name)
    {
        string file = Path.Combine(Folder(folder), name);
        File.WriteAllText(file, "#!/bin/sh\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
