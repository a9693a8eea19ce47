using System.Text.Json;

namespace Libvirt.Simulator;

/// <summary>The queries and commands of QEMU's monitor that people use, as JSON.</summary>
internal static class JsonMonitor
{
    private static readonly string[] Known =
    [
        "cont", "query-balloon", "query-block", "query-commands", "query-cpus-fast", "query-kvm", "query-name", "query-status", "query-uuid",
        "query-version", "quit", "stop", "system_powerdown", "system_reset",
    ];

    public static string Execute(SimulatedDomain domain, string json)
    {
        MonitorCommand command = MonitorCommand.Parse(json);
        return command.Name switch
        {
            "query-status" => MonitorAnswer.Return(command, w => w.Object(o => WriteStatus(o, domain))),
            "query-version" => MonitorAnswer.Return(command, w => w.Object(o => WriteVersion(o, domain))),
            "query-name" => MonitorAnswer.Return(command, w => w.Object(o => o.WriteString("name", domain.Name))),
            "query-uuid" => MonitorAnswer.Return(command, w => w.Object(o => o.WriteString("UUID", domain.Uuid.ToString()))),
            "query-kvm" => MonitorAnswer.Return(command, w => w.Object(WriteKvm)),
            "query-balloon" => MonitorAnswer.Return(command, w => w.Object(o => o.WriteNumber("actual", domain.Current.CurrentMemoryKiB << 10))),
            "query-cpus-fast" => MonitorAnswer.Return(command, w => WriteCpus(w, domain)),
            "query-block" => MonitorAnswer.Return(command, w => WriteDisks(w, domain)),
            "query-commands" => MonitorAnswer.Return(command, WriteCommands),
            "stop" => Done(command, domain.Suspend),
            "cont" => Done(command, domain.Resume),
            "system_powerdown" => Done(command, domain.Shutdown),
            "system_reset" => Done(command, domain.Reset),
            "quit" => Done(command, domain.Destroy),
            _ => MonitorAnswer.NotFound(command),
        };
    }

    private static string Done(MonitorCommand command, Action action)
    {
        action();
        return MonitorAnswer.ReturnNothing(command);
    }

    private static void WriteStatus(Utf8JsonWriter writer, SimulatedDomain domain)
    {
        bool running = domain.State == DomainState.Running;
        writer.WriteString("status", running ? "running" : "paused");
        writer.WriteBoolean("running", running);
    }

    private static void WriteVersion(Utf8JsonWriter writer, SimulatedDomain domain)
    {
        uint version = domain.Host.Simulator.Options.HypervisorVersion;
        writer.WriteStartObject("qemu");
        writer.WriteNumber("micro", version % 1000);
        writer.WriteNumber("minor", version / 1000 % 1000);
        writer.WriteNumber("major", version / 1_000_000);
        writer.WriteEndObject();
        writer.WriteString("package", "Libvirt.Simulator");
    }

    private static void WriteKvm(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("enabled", true);
        writer.WriteBoolean("present", true);
    }

    private static void WriteCpus(Utf8JsonWriter writer, SimulatedDomain domain)
    {
        writer.WriteStartArray();
        for (int i = 0; i < domain.Current.Vcpus; i++)
        {
            int index = i;
            writer.Object(o =>
            {
                o.WriteNumber("cpu-index", index);
                o.WriteString("qom-path", $"/machine/unattached/device[{index}]");
                o.WriteNumber("thread-id", 100000 + domain.Id * 100 + index);
                o.WriteString("target", "x86_64");
            });
        }
        writer.WriteEndArray();
    }

    private static void WriteDisks(Utf8JsonWriter writer, SimulatedDomain domain)
    {
        writer.WriteStartArray();
        foreach (GuestDisk disk in domain.Current.Disks)
        {
            writer.Object(o =>
            {
                o.WriteString("device", "drive-" + disk.Target);
                o.WriteBoolean("locked", false);
                o.WriteBoolean("removable", false);
                o.WriteString("type", "unknown");
            });
        }
        writer.WriteEndArray();
    }

    private static void WriteCommands(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (string name in Known)
            writer.Object(o => o.WriteString("name", name));
        writer.WriteEndArray();
    }
}
