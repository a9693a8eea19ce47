using System.Runtime.InteropServices;

namespace Libvirt.Testing.Capture;

internal static unsafe partial class ClientLibrary
{
    [LibraryImport(Library, EntryPoint = "virConnectOpen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string uri);

    [LibraryImport(Library, EntryPoint = "virConnectClose")]
    private static partial int Close(nint connection);

    [LibraryImport(Library, EntryPoint = "virDomainLookupByName", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookupDomain(nint connection, string name);

    [LibraryImport(Library, EntryPoint = "virDomainFree")]
    private static partial int FreeDomain(nint domain);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfDomains")]
    private static partial int CountDomains(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListDomains")]
    private static partial int ListDomains(nint connection, int* ids, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfDefinedDomains")]
    private static partial int CountDefinedDomains(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListDefinedDomains")]
    private static partial int ListDefinedDomains(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfNetworks")]
    private static partial int CountNetworks(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListNetworks")]
    private static partial int ListNetworks(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfDefinedNetworks")]
    private static partial int CountDefinedNetworks(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListDefinedNetworks")]
    private static partial int ListDefinedNetworks(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfStoragePools")]
    private static partial int CountPools(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListStoragePools")]
    private static partial int ListPools(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfDefinedStoragePools")]
    private static partial int CountDefinedPools(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListDefinedStoragePools")]
    private static partial int ListDefinedPools(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfInterfaces")]
    private static partial int CountInterfaces(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListInterfaces")]
    private static partial int ListInterfaces(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfDefinedInterfaces")]
    private static partial int CountDefinedInterfaces(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectListDefinedInterfaces")]
    private static partial int ListDefinedInterfaces(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virNodeNumOfDevices")]
    private static partial int CountDevices(nint connection, nint capability, uint flags);

    [LibraryImport(Library, EntryPoint = "virNodeListDevices")]
    private static partial int ListDevices(nint connection, nint capability, nint* names, int max, uint flags);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfSecrets")]
    private static partial int CountSecrets(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectNumOfNWFilters")]
    private static partial int CountFilters(nint connection);

    [LibraryImport(Library, EntryPoint = "virNodeGetFreeMemory")]
    private static partial ulong GetFreeMemory(nint connection);

    [LibraryImport(Library, EntryPoint = "virNodeGetCellsFreeMemory")]
    private static partial int GetCellsFreeMemory(nint connection, ulong* free, int start, int max);

    [LibraryImport(Library, EntryPoint = "virConnectGetMaxVcpus")]
    private static partial int GetMaxVcpusOf(nint connection, nint type);

    [LibraryImport(Library, EntryPoint = "virConnectGetType")]
    private static partial nint GetType(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectIsSecure")]
    private static partial int IsSecure(nint connection);

    [LibraryImport(Library, EntryPoint = "virConnectIsEncrypted")]
    private static partial int IsEncrypted(nint connection);

    [LibraryImport(Library, EntryPoint = "virDomainGetSchedulerParameters")]
    private static partial int GetSchedulerParameters(nint domain, byte* parameters, int* count);

    [LibraryImport(Library, EntryPoint = "virDomainGetMaxMemory")]
    private static partial ulong GetMaxMemory(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainGetOSType")]
    private static partial nint GetOsType(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainIsActive")]
    private static partial int IsActive(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainIsPersistent")]
    private static partial int IsPersistent(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainIsUpdated")]
    private static partial int IsUpdated(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainSnapshotNum")]
    private static partial int CountSnapshots(nint domain, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainMemoryPeek")]
    private static partial int MemoryPeek(nint domain, ulong start, nint size, byte* buffer, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainBlockPeek", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BlockPeek(nint domain, string disk, ulong offset, nint size, byte* buffer, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainSetMemory")]
    private static partial int SetMemory(nint domain, nuint memory);

    [LibraryImport(Library, EntryPoint = "virDomainSetVcpus")]
    private static partial int SetVcpus(nint domain, uint count);

    [LibraryImport(Library, EntryPoint = "virDomainSetSchedulerParametersFlags")]
    private static partial int SetSchedulerParametersFlags(nint domain, byte* parameters, int count, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainSetBlkioParameters")]
    private static partial int SetBlkioParameters(nint domain, byte* parameters, int count, uint flags);

    [LibraryImport(Library, EntryPoint = "virConnectListSecrets")]
    private static partial int ListSecrets(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virSecretLookupByUsage", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookupSecret(nint connection, int usage, string id);

    [LibraryImport(Library, EntryPoint = "virConnectListNWFilters")]
    private static partial int ListFilters(nint connection, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virNWFilterLookupByName", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookupFilter(nint connection, string name);

    [LibraryImport(Library, EntryPoint = "virStoragePoolLookupByName", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookupPool(nint connection, string name);

    [LibraryImport(Library, EntryPoint = "virStoragePoolNumOfVolumes")]
    private static partial int CountVolumes(nint pool);

    [LibraryImport(Library, EntryPoint = "virStoragePoolListVolumes")]
    private static partial int ListVolumes(nint pool, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virStoragePoolFree")]
    private static partial int FreePool(nint pool);

    [LibraryImport(Library, EntryPoint = "virNodeDeviceLookupByName", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LookupDevice(nint connection, string name);

    [LibraryImport(Library, EntryPoint = "virNodeDeviceNumOfCaps")]
    private static partial int CountCapabilities(nint device);

    [LibraryImport(Library, EntryPoint = "virNodeDeviceListCaps")]
    private static partial int ListCapabilities(nint device, nint* names, int max);

    [LibraryImport(Library, EntryPoint = "virNodeDeviceFree")]
    private static partial int FreeDevice(nint device);

    [LibraryImport(Library, EntryPoint = "virDomainSnapshotListNames")]
    private static partial int ListSnapshots(nint domain, nint* names, int max, uint flags);

    [LibraryImport(Library, EntryPoint = "virDomainGetMaxVcpus")]
    private static partial int GetMaxVcpus(nint domain);

    [LibraryImport(Library, EntryPoint = "virDomainAgentSetResponseTimeout")]
    private static partial int AgentSetResponseTimeout(nint domain, int seconds, uint flags);
}
