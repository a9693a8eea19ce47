using Libvirt.Bench.Reporting;
using Libvirt.Bench.Running;

namespace Libvirt.Bench.Sections;

/// <summary>One thing that is measured.</summary>
internal interface ISection
{
    /// <summary>The word by which the command line selects it.</summary>
    string Name { get; }

    Task<SectionReport> RunAsync(BenchContext context);
}
