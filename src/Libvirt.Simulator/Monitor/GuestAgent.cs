namespace Libvirt.Simulator;

/// <summary>The agent in the guest.</summary>
internal static class GuestAgent
{
    private const string Version = "10.0.0";

    /// <exception cref="SimulatedFailureException">The agent does not know the command.</exception>
    public static string Execute(SimulatedDomain domain, string json)
    {
        MonitorCommand command = MonitorCommand.Parse(json);
        return command.Name switch
        {
            "guest-ping" => MonitorAnswer.ReturnNothing(command),
            "guest-info" => MonitorAnswer.Return(command, w => w.Object(o => o.WriteString("version", Version))),
            "guest-get-host-name" => MonitorAnswer.Return(command, w => w.Object(o => o.WriteString("host-name", domain.Name))),
            "guest-get-time" => MonitorAnswer.Return(command, w => w.WriteNumberValue((domain.Host.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100)),
            "guest-shutdown" => Done(command, domain),
            _ => throw new SimulatedFailureException(
                ErrorNumber.AgentCommandFailed, $"unable to execute QEMU agent command '{command.Name}': The command {command.Name} has not been found"),
        };
    }

    private static string Done(MonitorCommand command, SimulatedDomain domain)
    {
        domain.Shutdown();
        return MonitorAnswer.ReturnNothing(command);
    }
}
