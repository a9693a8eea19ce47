namespace Libvirt.Tests.Supervision;

/// <summary>When in its life an actor fails. Failures while it receives are caused by the messages that the tests send.</summary>
public enum LifePhase
{
    /// <summary>Its constructor throws: Akka never calls its PreStart and PostStop.</summary>
    Constructor,

    /// <summary>Its PreStart throws after it has done its work: Akka never calls its PostStop.</summary>
    PreStart,

    /// <summary>Its PostStop throws after it has done its work.</summary>
    PostStop,
}
