namespace Libvirt.Simulator;

/// <summary>What a rule does to a call.</summary>
internal abstract record CallFault
{
    private CallFault()
    {
    }

    internal sealed record Delay(TimeSpan Time) : CallFault;

    internal sealed record NeverReply : CallFault;

    internal sealed record Refuse(SimulatedFailureException Failure) : CallFault;

    internal sealed record Drop(bool Served) : CallFault;

    internal sealed record Truncate(int Bytes) : CallFault;

    internal sealed record Corrupt(int? Offset, int Count) : CallFault;

    internal sealed record Lie(uint Length) : CallFault;

    internal sealed record Stall(TimeSpan? Duration) : CallFault;

    internal sealed record CrashHost(TimeSpan? ComeBackAfter) : CallFault;

    internal sealed record Storm(int Events) : CallFault;

    internal sealed record BreakStream(StreamFault Fault) : CallFault;

    internal sealed record Run(Action<HypervisorSimulator> Action) : CallFault;
}
