using System.Globalization;

namespace Libvirt.Hosting.Hocon;

/// <summary>A place in a text.</summary>
internal sealed record HoconPosition(string Source, int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source}({Line},{Column})");
}
