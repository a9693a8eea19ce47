using Libvirt.Cli.Failures;
using Libvirt.Hosting.Hocon;
using Microsoft.Extensions.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Settings.Configuration;

namespace Libvirt.Cli.Diagnostics;

/// <summary>The log as a file of the user's configures it: HOCON, or JSON, which is HOCON too.</summary>
internal static class ConfiguredLog
{
    private const string Section = "Serilog";

    /// <summary>A logger that the caller disposes.</summary>
    /// <exception cref="UsageException">The file cannot be read, or names what Serilog does not have.</exception>
    public static Logger Open(string file)
    {
        IConfiguration configuration = Read(file);
        if (!configuration.GetSection(Section).Exists())
            throw new UsageException($"--log-config: the file '{file}' has no section {Section}");

        // Serilog passes over what it cannot make sense of, and tells it here.
        List<string> mistakes = [];
        SelfLog.Enable(mistakes.Add);
        Logger logger;
        try
        {
            // Named, since a program in one file has no others to look through.
            ConfigurationReaderOptions sinks = new(typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly);
            logger = new LoggerConfiguration().ReadFrom.Configuration(configuration, sinks).CreateLogger();
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException or NotSupportedException)
        {
            throw new UsageException($"--log-config: the section {Section} of '{file}' cannot be used: {failure.Message}", failure);
        }
        finally
        {
            SelfLog.Disable();
        }

        if (mistakes.Count == 0)
            return logger;
        logger.Dispose();
        throw new UsageException($"--log-config: the section {Section} of '{file}' cannot be used: {Problem(mistakes[0])}");
    }

    // It comes with the time in front and the candidates in further lines.
    private static string Problem(string mistake) => mistake.Split('\n')[0].Split(' ', 2)[^1].TrimEnd();

    private static IConfigurationRoot Read(string file)
    {
        if (Directory.Exists(file))
            throw new UsageException($"--log-config: '{file}' is a directory");
        try
        {
            return new ConfigurationBuilder().AddHoconFile(Path.GetFullPath(file)).Build();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"the file '{file}' does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException or HoconException)
        {
            throw new UsageException($"--log-config: {failure.GetBaseException().Message}", failure);
        }
    }
}
