using System.Text.Json.Nodes;

namespace Libvirt.Cli.Tests;

/// <summary>The same question for <c>virtactl call</c> and for virsh.</summary>
/// <param name="Driver">Which driver of the daemon is asked.</param>
/// <param name="Procedure">The procedure that is called.</param>
/// <param name="Arguments">Its arguments as JSON.</param>
/// <param name="Virsh">virsh's command that answers the same.</param>
/// <param name="Compare">What is compared: a text from the result, and one from what virsh printed.</param>
internal sealed record CallCase(
    Driver Driver, string Procedure, string Arguments, string[] Virsh, Func<JsonNode, string, (string Ours, string Theirs)> Compare)
{
    /// <summary>The case's name in reports.</summary>
    public string Name => $"{Procedure} as {string.Join(' ', Virsh)}";
}

/// <summary>A driver of the daemon.</summary>
internal enum Driver
{
    /// <summary>The mock hypervisor <c>test:///default</c>.</summary>
    Test,

    /// <summary>QEMU's <c>qemu:///session</c>.</summary>
    Session,
}
