using Spectre.Console;
using Spectre.Console.Rendering;

namespace Libvirt.Cli.Output;

/// <summary>A table with one rule below its head and nothing else, drawn in ASCII so that it survives every pipe.</summary>
internal sealed class RuledTableBorder : TableBorder
{
    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator or TableBorderPart.HeaderBottomRight => "-",
        TableBorderPart.HeaderSeparator or TableBorderPart.HeaderRight or TableBorderPart.CellSeparator or TableBorderPart.CellRight => " ",
        _ => "",
    };
}
