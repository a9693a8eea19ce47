namespace Libvirt.Cli.Output;

/// <summary>How results are printed.</summary>
internal enum OutputFormat
{
    /// <summary>Tables and lines for people.</summary>
    Table,

    /// <summary>JSON for programs.</summary>
    Json,
}
