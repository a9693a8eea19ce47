using System.CommandLine;
using System.Globalization;
using Libvirt.Cli.Commands;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Output;
using Libvirt.Streams;

namespace Libvirt.Cli.Consoles;

/// <summary><c>screenshot</c>: a picture of a domain's screen.</summary>
internal sealed class ScreenshotCommand : DomainCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "Where the picture goes. Default: a file in this directory, named after the domain, the time and the picture's format.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<uint> _screen = new("--screen") { Description = "Which screen, from 0.", HelpName = "NUMBER" };

    public ScreenshotCommand()
        : base("screenshot", "Write a picture of a domain's screen into a file.")
    {
        Add(_file);
        Add(_screen);
    }

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        DomainScreenshot screenshot = await domain.OpenScreenshotAsync(invocation.Get(_screen), invocation.CancellationToken).ConfigureAwait(false);
        await using (screenshot.ConfigureAwait(false))
        {
            string file = invocation.Get(_file) ?? FileName(domain, screenshot.MimeType);
            FileStream picture = Create(file);
            await using (picture.ConfigureAwait(false))
            {
                await screenshot.Reader.CopyToAsync(picture, invocation.CancellationToken).ConfigureAwait(false);
            }

            invocation.Output.Done(
                $"Screenshot saved to {file}, with type of {screenshot.MimeType}",
                Field.Of("file", "File", file), new Field("mime", "Type", screenshot.MimeType ?? "", screenshot.MimeType));
        }
    }

    private static FileStream Create(string file)
    {
        try
        {
            return File.Create(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{file}' cannot be written: {failure.Message}", failure);
        }
    }

    private static string FileName(Domain domain, string? mime)
    {
        string time = DateTime.Now.ToString("yyyy-MM-dd-HH:mm:ss", CultureInfo.InvariantCulture);
        string extension = mime switch
        {
            "image/png" => "png",
            "image/x-portable-pixmap" => "ppm",
            _ => "bin",
        };
        // A domain may be named like a directory.
        return $"{domain.Name.Replace('/', '_')}-{time}.{extension}";
    }
}
