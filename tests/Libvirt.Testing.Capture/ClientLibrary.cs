using System.Runtime.InteropServices;
using System.Text;

namespace Libvirt.Testing.Capture;

/// <summary>Calls of libvirt's C client library; what they return does not matter, only what goes over the wire.</summary>
internal static unsafe partial class ClientLibrary
{
    private const string Library = "libvirt.so.0";
    private const int ParameterSize = 96;
    private const int NameSize = 80;
    private const int MaxNames = 16;

    /// <summary>Opens a connection, makes the calls that virsh does not make, and closes it.</summary>
    public static void Speak(string uri)
    {
        nint connection = Open(uri);
        if (connection == 0)
            throw new InvalidOperationException($"the client library did not connect to {uri}");
        ListTheOldWay(connection);
        nint domain = LookupDomain(connection, "test");
        SendParametersOfEveryType(domain);
        AskADomainTheOldWay(domain);
        _ = FreeDomain(domain);
        _ = Close(connection);
    }

    private static void ListTheOldWay(nint connection)
    {
        int* ids = stackalloc int[MaxNames];
        nint* names = stackalloc nint[MaxNames];
        ulong* cells = stackalloc ulong[MaxNames];
        _ = CountDomains(connection);
        _ = ListDomains(connection, ids, MaxNames);
        _ = CountDefinedDomains(connection);
        _ = ListDefinedDomains(connection, names, MaxNames);
        _ = CountNetworks(connection);
        _ = ListNetworks(connection, names, MaxNames);
        _ = CountDefinedNetworks(connection);
        _ = ListDefinedNetworks(connection, names, MaxNames);
        _ = CountPools(connection);
        _ = ListPools(connection, names, MaxNames);
        _ = CountDefinedPools(connection);
        _ = ListDefinedPools(connection, names, MaxNames);
        _ = CountInterfaces(connection);
        _ = ListInterfaces(connection, names, MaxNames);
        _ = CountDefinedInterfaces(connection);
        _ = ListDefinedInterfaces(connection, names, MaxNames);
        _ = CountDevices(connection, 0, 0);
        _ = ListDevices(connection, 0, names, MaxNames, 0);
        _ = CountSecrets(connection);
        _ = ListSecrets(connection, names, MaxNames);
        _ = LookupSecret(connection, 1, "/golden/first");
        _ = CountFilters(connection);
        _ = ListFilters(connection, names, MaxNames);
        _ = LookupFilter(connection, "golden");
        nint pool = LookupPool(connection, "default-pool");
        _ = CountVolumes(pool);
        _ = ListVolumes(pool, names, MaxNames);
        _ = FreePool(pool);
        nint device = LookupDevice(connection, "computer");
        _ = CountCapabilities(device);
        _ = ListCapabilities(device, names, MaxNames);
        _ = FreeDevice(device);
        _ = GetFreeMemory(connection);
        _ = GetCellsFreeMemory(connection, cells, 0, MaxNames);
        _ = GetMaxVcpusOf(connection, 0);
        _ = GetType(connection);
        _ = IsSecure(connection);
        _ = IsEncrypted(connection);
    }

    private static void AskADomainTheOldWay(nint domain)
    {
        byte* parameters = stackalloc byte[ParameterSize * MaxNames];
        byte* buffer = stackalloc byte[64];
        int count = MaxNames;
        _ = GetSchedulerParameters(domain, parameters, &count);
        _ = GetMaxMemory(domain);
        _ = GetOsType(domain);
        _ = IsActive(domain);
        _ = IsPersistent(domain);
        _ = IsUpdated(domain);
        nint* names = stackalloc nint[MaxNames];
        _ = CountSnapshots(domain, 0);
        _ = ListSnapshots(domain, names, MaxNames, 0);
        _ = GetMaxVcpus(domain);
        _ = AgentSetResponseTimeout(domain, 5, 0);
        _ = MemoryPeek(domain, 0, 64, buffer, 1);
        _ = BlockPeek(domain, "vda", 0, 64, buffer, 0);
        _ = SetMemory(domain, 1 << 20);
        _ = SetVcpus(domain, 1);
    }

    // One of each type that the library lets through, with values that use the sign and all bytes; booleans come from the
    // daemon alone, in the statistics of a guest.
    private static void SendParametersOfEveryType(nint domain)
    {
        const int types = 6;
        byte* parameters = stackalloc byte[ParameterSize * types];
        new Span<byte>(parameters, ParameterSize * types).Clear();
        nint text = Marshal.StringToCoTaskMemUTF8("a string with ünïcode");
        Write(0, 1, "an_int", BitConverter.GetBytes(-2));
        Write(1, 2, "a_uint", BitConverter.GetBytes(4_000_000_000u));
        Write(2, 3, "a_llong", BitConverter.GetBytes(-5_000_000_000L));
        Write(3, 4, "a_ullong", BitConverter.GetBytes(18_000_000_000_000_000_000UL));
        Write(4, 5, "a_double", BitConverter.GetBytes(-0.1));
        Write(5, 7, "a_string", BitConverter.GetBytes(text));
        _ = SetSchedulerParametersFlags(domain, parameters, types, 0);
        _ = SetBlkioParameters(domain, parameters, types, 0);
        Marshal.FreeCoTaskMem(text);

        void Write(int index, int type, string name, ReadOnlySpan<byte> value)
        {
            Span<byte> parameter = new(parameters + (index * ParameterSize), ParameterSize);
            Encoding.UTF8.GetBytes(name, parameter);
            BitConverter.TryWriteBytes(parameter[NameSize..], type);
            value.CopyTo(parameter[(NameSize + 8)..]);
        }
    }
}
