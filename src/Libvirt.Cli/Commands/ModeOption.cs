using System.CommandLine;
using System.CommandLine.Parsing;

namespace Libvirt.Cli.Commands;

/// <summary>The ways to ask a guest to shut down or to reboot. The flags of both functions have the same values.</summary>
internal sealed class ModeOption : Option<DomainShutdownFlags>
{
    private const string Modes = "acpi, agent, initctl, signal, paravirt";

    public ModeOption()
        : base("--mode")
    {
        Description = $"How the guest is asked, one or more of {Modes}, with commas between them. Default: the hypervisor's choice.";
        HelpName = "MODE[,MODE]";
        CustomParser = Parse;
    }

    private static DomainShutdownFlags Parse(ArgumentResult result)
    {
        DomainShutdownFlags flags = 0;
        foreach (string word in result.Tokens[^1].Value.Split(','))
        {
            if (Flag(word) is { } flag)
                flags |= flag;
            else
                result.AddError($"--mode knows {Modes}, not '{word}'.");
        }

        return flags;
    }

    private static DomainShutdownFlags? Flag(string word) => word switch
    {
        "acpi" => DomainShutdownFlags.AcpiPowerBtn,
        "agent" => DomainShutdownFlags.GuestAgent,
        "initctl" => DomainShutdownFlags.Initctl,
        "signal" => DomainShutdownFlags.Signal,
        "paravirt" => DomainShutdownFlags.Paravirt,
        _ => null,
    };
}
