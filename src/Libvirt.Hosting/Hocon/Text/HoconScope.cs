using Akka.Configuration.Hocon;

namespace Libvirt.Hosting.Hocon.Text;

/// <summary>One text, whose own settings its references see first.</summary>
/// <param name="source">The file, or the name that the text was given.</param>
/// <param name="text">The text.</param>
internal sealed class HoconScope(string source, string text)
{
    public string Source => source;

    public string Text => text;

    /// <summary>The settings of the text; null until it has been parsed.</summary>
    public HoconObject? Root { get; set; }

    /// <summary>The place at an index of the text.</summary>
    public HoconPosition At(int index) => HoconPosition.At(source, text, index);
}
