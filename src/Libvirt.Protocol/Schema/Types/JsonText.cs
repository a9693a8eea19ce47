using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Libvirt.Protocol.Schema;

/// <summary>Takes texts out of JSON.</summary>
internal static class JsonText
{
    /// <summary>The text, unless the value is none or holds half of a surrogate pair.</summary>
    public static bool TryGet(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return text is not null;
    }
}
