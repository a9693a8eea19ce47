using System.Collections.Concurrent;
using Libvirt.Hosting.Hocon;
using Libvirt.Hosting.Hocon.Configuration;
using Libvirt.Testing;
using Microsoft.Extensions.Configuration;

namespace Libvirt.Hosting.Tests.Hocon;

public sealed class FileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Relative_path_starts_from_the_base_path()
    {
        Write("app.conf", "a = 1");

        Assert.Equal("1", new ConfigurationBuilder().SetBasePath(_directory).AddHoconFile("app.conf").Build()["a"]);
    }

    [Fact]
    public void Missing_file_is_an_error_unless_it_is_optional()
    {
        IConfigurationBuilder Builder(bool optional) => new ConfigurationBuilder().SetBasePath(_directory).AddHoconFile("missing.conf", optional);

        Assert.Empty(Builder(optional: true).Build().AsEnumerable());
        Assert.Contains("missing.conf", Assert.Throws<FileNotFoundException>(() => Builder(optional: false).Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_sources_override_earlier_ones()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddHoconString("a = 1, b = 1")
            .AddHoconString("b = 2")
            .AddInMemoryCollection([new("b", "3")])
            .Build();

        Assert.Equal(("1", "3"), (configuration["a"], configuration["b"]));
    }

    [Fact]
    public async Task Changed_file_or_include_is_read_again_unless_it_is_malformed()
    {
        string path = Write("app.conf", "include \"more.conf\"\na = 1");
        ConcurrentQueue<Exception> errors = [];
        IConfigurationRoot configuration = new ConfigurationBuilder().AddHoconFile(path, reloadOnChange: true, onReloadError: errors.Enqueue).Build();
        using IDisposable disposable = (IDisposable)configuration;
        Assert.Equal("1", configuration["a"]);

        Write("app.conf", "include \"more.conf\"\na = 2");
        await EventuallyIs(() => configuration["a"] == "2");

        Write("more.conf", "b = 1");
        await EventuallyIs(() => configuration["b"] == "1");

        Write("more.conf", "b = [");
        await EventuallyIs(() => errors.OfType<HoconException>().Any());
        Assert.Equal(("2", "1"), (configuration["a"], configuration["b"]));

        Write("more.conf", "b = 3");
        await EventuallyIs(() => configuration["b"] == "3");
    }

    [Fact]
    public async Task Include_without_its_ending_is_read_when_it_is_created()
    {
        string path = Write("app.conf", "include \"later\"\na = 1");
        IConfigurationRoot configuration = new ConfigurationBuilder().AddHoconFile(path, reloadOnChange: true).Build();
        using IDisposable disposable = (IDisposable)configuration;
        Assert.Null(configuration["b"]);

        Write("later.conf", "b = 1");

        await EventuallyIs(() => configuration["b"] == "1");
    }

    [Fact]
    public void Change_during_the_reading_of_a_configuration_is_known_afterwards()
    {
        HoconPosition start = new("test", 1, 1);
        string stays = Write("stays.conf", "a = 1"), changes = Write("changes.conf", "a = 1"), goes = Write("goes.conf", "a = 1");
        string comes = Path.Combine(_directory, "comes.conf");
        (string Path, Action Change)[] all =
        [
            (stays, () => { }), (changes, () => Write("changes.conf", "a = 22")), (comes, () => Write("comes.conf", "a = 1")), (goes, () => File.Delete(goes)),
        ];

        foreach ((string path, Action change) in all)
        {
            IncludedFiles files = new();
            if (files.Exists(path))
                files.Read(path, start);
            Assert.False(files.HaveChanged);
            change();
            Assert.Equal(path != stays, files.HaveChanged);
            Assert.Equal([path], files.Paths);
        }
    }

    private static Task EventuallyIs(Func<bool> condition) =>
        Eventually.IsTrueAsync(condition, whileWaiting: () => "The change was not seen.", cancellationToken: TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        // In one step, so that no reader sees half of it.
        string path = Path.Combine(_directory, name);
        string whole = Scratch.NewPath(name);
        File.WriteAllText(whole, text);
        File.Move(whole, path, overwrite: true);
        return path;
    }
}
