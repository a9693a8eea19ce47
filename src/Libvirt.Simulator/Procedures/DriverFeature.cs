namespace Libvirt.Simulator;

/// <summary>The numbers by which a client asks what a driver can do.</summary>
internal enum DriverFeature
{
    MigrationPeerToPeer = 4,
    MigrationV3 = 6,
    MigrationChangeProtection = 7,
    TypedParameterStrings = 9,
    XmlMigratable = 11,
    MigrationOffline = 12,
    MigrationParameters = 13,
    EventCallbacks = 14,
    CloseCallback = 15,
    NetworkUpdateOrder = 16,
}
