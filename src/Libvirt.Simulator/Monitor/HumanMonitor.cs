using System.Globalization;

namespace Libvirt.Simulator;

/// <summary>The monitor's commands for people. Like QEMU's, it answers text, and to what it does not know too.</summary>
internal static class HumanMonitor
{
    public static string Execute(SimulatedDomain domain, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["info", "status"]:
                return domain.State == DomainState.Running ? "VM status: running\r\n" : "VM status: paused\r\n";
            case ["info", "version"]:
                uint version = domain.Host.Simulator.Options.HypervisorVersion;
                return string.Create(CultureInfo.InvariantCulture, $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}\r\n");
            case ["info", "name"]:
                return domain.Name + "\r\n";
            case ["info", "uuid"]:
                return domain.Uuid + "\r\n";
            case ["info", "kvm"]:
                return "kvm support: enabled\r\n";
            case ["info", "balloon"]:
                return string.Create(CultureInfo.InvariantCulture, $"balloon: actual={domain.Current.CurrentMemoryKiB >> 10}\r\n");
            case ["stop"]:
                domain.Suspend();
                return "";
            case ["cont"]:
                domain.Resume();
                return "";
            case ["system_powerdown"]:
                domain.Shutdown();
                return "";
            case ["system_reset"]:
                domain.Reset();
                return "";
            default:
                return $"unknown command: '{line}'\r\n";
        }
    }
}
