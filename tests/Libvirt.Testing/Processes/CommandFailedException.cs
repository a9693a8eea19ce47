namespace Libvirt.Testing;

/// <summary>A command ended with an exit code that is not 0; the text holds all it printed.</summary>
public sealed class CommandFailedException : Exception
{
    /// <summary>Tells what the command left behind.</summary>
    public CommandFailedException(CommandResult result)
        : base(result.ToString()) => Result = result;

    /// <summary>What the command left behind.</summary>
    public CommandResult Result { get; }
}
