namespace Libvirt.Simulator;

/// <summary>The failures that more than one part of the simulator reports.</summary>
internal static class Failures
{
    /// <summary>An error of the daemon itself, not of a driver.</summary>
    public static SimulatedFailureException Rpc(string detail) => new(ErrorNumber.Rpc, ErrorDomain.Rpc, detail);

    /// <summary>A call that needs CONNECT_OPEN first.</summary>
    public static SimulatedFailureException NotOpen() => new(ErrorNumber.InternalError, ErrorDomain.Rpc, "hypervisor connection not open");

    /// <summary>A second CONNECT_OPEN.</summary>
    public static SimulatedFailureException AlreadyOpen() => new(ErrorNumber.InternalError, ErrorDomain.Rpc, "connection already open");

    /// <summary>A call that libvirt knows and the simulated driver does not serve.</summary>
    public static SimulatedFailureException NotSupported(Procedure procedure) =>
        new(ErrorNumber.NoSupport, CFunctionName.DomainOf(procedure), CFunctionName.Of(procedure));

    /// <summary>A call that changes things, on a connection opened for reading.</summary>
    public static SimulatedFailureException ReadOnly(Procedure procedure) =>
        new(ErrorNumber.OperationDenied, CFunctionName.DomainOf(procedure), "read only access prevents " + CFunctionName.Of(procedure));

    /// <summary>Something is not in the state that the call needs.</summary>
    public static SimulatedFailureException Invalid(string detail) => new(ErrorNumber.OperationInvalid, detail);

    /// <summary>An argument that makes no sense.</summary>
    public static SimulatedFailureException Argument(string detail) => new(ErrorNumber.InvalidArg, detail);

    /// <summary>An XML document that cannot be used.</summary>
    public static SimulatedFailureException Xml(string detail, ErrorDomain domain = ErrorDomain.Domain) => new(ErrorNumber.XmlError, domain, detail);
}
