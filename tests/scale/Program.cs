using System.Globalization;
using Libvirt.Scale;

// scale [HYPERVISORS]          measures; the hypervisors run in a process of their own
// scale --farm DIRECTORY N     is that process
if (args is ["--farm", var directory, var count])
{
    await HypervisorFarm.RunAsync(directory, int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

int hypervisors = 10_000;
if (args.Length > 1 || args is [var number] && !int.TryParse(number, out hypervisors) || hypervisors < 1)
{
    Console.Error.WriteLine("scale [HYPERVISORS]    default 10000; two open files each, in two processes");
    return 2;
}

await using FarmProcess farm = await FarmProcess.StartAsync(hypervisors);
await using Fleet fleet = new(farm);
await fleet.MeasureAsync();
return 0;
