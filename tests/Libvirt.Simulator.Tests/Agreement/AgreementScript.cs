namespace Libvirt.Simulator.Tests;

/// <summary>A walk through a host by virsh, one command a line; words in capitals stand for files and ids that differ between daemons.</summary>
internal static class AgreementScript
{
    /// <summary>The commands, in order: later ones build on earlier ones.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private const string Text =
        """
        list
        list --all --name
        list --inactive
        list --state-paused
        uri
        hostname
        maxvcpus
        version
        nodeinfo
        nodecpustats
        freecell
        capabilities
        sysinfo
        cpu-models x86_64
        dominfo test
        dominfo nosuch
        domid test
        domname UUID
        domuuid test
        domstate test
        domstate nosuch
        domcontrol test
        dumpxml test
        dumpxml test --inactive
        domblklist test
        domiflist test
        domblkinfo test vda
        domblkinfo test nosuch
        domblkstat test vda
        domifstat test nosuch
        dommemstat test
        domstats
        domstats test --state
        vcpucount test
        vcpuinfo test
        vcpupin test
        emulatorpin test
        schedinfo test
        memtune test
        blkiotune test
        setvcpus test 1
        setmem test 1048576
        setmem test 99999999999
        domtime test
        domhostname test
        domfsinfo test
        domjobinfo test
        suspend test
        list --state-paused --name
        resume test
        reset test
        reboot test
        autostart test
        autostart test --disable
        desc test --title some
        desc test --title
        metadata test --uri http://a/
        send-key test KEY_A
        inject-nmi test
        screenshot test SCREEN
        snapshot-list test
        snapshot-create-as test one
        snapshot-create-as test two
        snapshot-create-as test two
        snapshot-list test --name
        snapshot-current test --name
        snapshot-parent test two
        snapshot-info test one
        snapshot-dumpxml test one
        snapshot-revert test one
        snapshot-delete test two
        snapshot-delete test one
        snapshot-delete test one
        managedsave test
        start test
        destroy test
        destroy test
        start test
        start test
        shutdown nosuch
        define DOMAIN.XML
        define BAD.XML
        start new
        suspend new
        destroy new
        undefine new
        undefine new
        net-list
        net-list --all
        net-info default
        net-info nosuch
        net-dumpxml default
        net-define NET.XML
        net-start lab
        net-start lab
        net-autostart lab
        net-info lab
        net-uuid lab
        net-destroy lab
        net-destroy lab
        net-undefine lab
        pool-list
        pool-list --all --details
        pool-info default-pool
        pool-info nosuch
        pool-dumpxml default-pool
        pool-uuid default-pool
        pool-refresh default-pool
        pool-define-as iso dir --target /srv/iso
        pool-start iso
        pool-start iso
        pool-autostart iso
        pool-destroy iso
        vol-list iso
        pool-undefine iso
        vol-create-as default-pool one 1M
        vol-create-as default-pool one 1M
        vol-list default-pool
        vol-info one --pool default-pool
        vol-dumpxml one --pool default-pool
        vol-path one --pool default-pool
        vol-pool /default-pool/one
        vol-clone one two --pool default-pool
        vol-delete two --pool default-pool
        vol-delete two --pool default-pool
        vol-resize one 2M --pool default-pool
        iface-list
        nodedev-list
        checkpoint-list test
        nodesuspend mem 60
        allocpages 4 1
        guestinfo test
        dommigrate-getmaxdowntime test
        migrate-getspeed test
        domblkerror test
        domdisplay test
        net-port-list default
        """;
}
