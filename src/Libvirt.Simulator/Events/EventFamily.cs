namespace Libvirt.Simulator;

/// <summary>The kinds of objects that have events; callback ids are counted for each of its own.</summary>
internal enum EventFamily
{
    Domain,
    Network,
    StoragePool,
    Secret,
}
