namespace Actors;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    /// <summary>Drops the message that failed and goes on with the same instance and mailbox.</summary>
    Resume,

    /// <summary>Ends the instance and its children and makes a new one behind the same ref, after the policy's backoff. The mailbox is kept.</summary>
    Restart,

    /// <summary>Ends the child for good.</summary>
    Stop,

    /// <summary>Ends the child for good and fails the parent with the same exception, for the grandparent to decide on.</summary>
    Escalate,
}
