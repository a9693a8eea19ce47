using System.Text.Json;
using Libvirt.Cli.Failures;
using Libvirt.Cli.Input;
using Libvirt.Protocol.Schema;

namespace Libvirt.Cli.Calling;

/// <summary>Turns the word on the command line into a procedure's arguments.</summary>
internal static class JsonArguments
{
    private const string None = "{}";

    /// <summary>The encoded arguments.</summary>
    /// <param name="procedure">Whose arguments they are.</param>
    /// <param name="word">JSON, <c>-</c> for stdin, <c>@FILE</c> for a file; null for no arguments.</param>
    /// <param name="cancellationToken">Gives up the reading.</param>
    /// <exception cref="UsageException">The JSON or one of its fields is wrong; the text names it.</exception>
    public static async Task<byte[]> EncodeAsync(ProcedureSchema procedure, string? word, CancellationToken cancellationToken)
    {
        string text = word switch
        {
            null => None,
            TextInput.StandardInput => await TextInput.ReadAsync(word, cancellationToken).ConfigureAwait(false),
            ['@', .. string file] => await TextInput.ReadAsync(file, cancellationToken).ConfigureAwait(false),
            _ => word,
        };
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return SchemaCodec.Encode(procedure.Arguments, json.RootElement);
        }
        catch (JsonException failure)
        {
            throw new UsageException($"the arguments are not JSON: {failure.Message}", failure);
        }
        catch (SchemaException failure)
        {
            throw new UsageException($"{procedure.ShortName}: {failure.Message}", failure);
        }
    }
}
