using System.Globalization;

namespace Libvirt.Hosting.Hocon.Text;

/// <summary>
/// The references of a text and of the files that it includes. In the text that Akka's parser gets, each is replaced by a placeholder: the parser neither
/// knows the environment nor survives references that lead in a circle.
/// </summary>
internal sealed class ReferenceTable
{
    // No text contains it by accident.
    private readonly string _prefix = $"reference-{Guid.NewGuid():N}-";
    private readonly List<HoconReference> _references = [];

    /// <summary>Adds a reference.</summary>
    /// <returns>Its placeholder, as a quoted string.</returns>
    public string Add(HoconReference reference)
    {
        _references.Add(reference);
        return string.Create(CultureInfo.InvariantCulture, $"\"{_prefix}{_references.Count - 1}\"");
    }

    /// <summary>The reference of a placeholder; null for other text.</summary>
    public HoconReference? Find(string text) =>
        text.StartsWith(_prefix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(_prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? _references[index]
            : null;
}
