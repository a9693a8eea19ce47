using Libvirt;

try
{
    await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(args.FirstOrDefault() ?? "qemu:///system");
    foreach (Domain domain in await hypervisor.ListAllDomainsAsync())
    {
        DomainInfo info = await domain.GetInfoAsync();
        Console.WriteLine($"{domain.Name,-20} {info.State,-10} {info.Memory / 1024,6} MiB {info.VcpuCount,2} CPUs");
    }

    return 0;
}
catch (LibvirtException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
