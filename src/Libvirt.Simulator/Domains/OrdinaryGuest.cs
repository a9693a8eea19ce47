namespace Libvirt.Simulator;

/// <summary>The document of a guest that a test needs without caring what it is like.</summary>
internal static class OrdinaryGuest
{
    public static string Xml(string host, string name, int memoryMiB, int vcpus) =>
        $"""
        <domain type='kvm'>
          <name>{name}</name>
          <uuid>{StableUuid.From("domain", host + "\n" + name)}</uuid>
          <memory unit='MiB'>{memoryMiB}</memory>
          <vcpu>{vcpus}</vcpu>
          <os><type arch='x86_64'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2'/>
              <source file='/var/lib/libvirt/images/{name}.qcow2'/>
              <target dev='vda' bus='virtio'/>
            </disk>
            <interface type='network'>
              <source network='default'/>
              <model type='virtio'/>
            </interface>
            <console type='pty'><target type='serial' port='0'/></console>
            <graphics type='vnc' port='-1' autoport='yes'/>
            <video><model type='virtio'/></video>
          </devices>
        </domain>
        """;
}
