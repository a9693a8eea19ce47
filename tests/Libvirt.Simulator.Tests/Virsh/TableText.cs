namespace Libvirt.Simulator.Tests;

/// <summary>virsh's tables, whose columns are as wide as their widest value.</summary>
internal static class TableText
{
    /// <summary>The rows that are not empty, with one space between columns.</summary>
    public static string[] Rows(string output) =>
        [.. output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Length > 0)];
}
