namespace Libvirt.Cli.Failures;

/// <summary>The exit codes of <c>virtactl</c>; scripts rely on them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Usage = 2;
    public const int NoConnection = 3;
    public const int TimedOut = 4;
    public const int Defect = 70;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>What <c>--help</c> says of them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Documented { get; } =
    [
        (Done, "done"),
        (Refused, "refused by the daemon; its message and code are on stderr"),
        (Usage, "usage: an option, an argument, a file or a field of JSON is wrong, and nothing was sent"),
        (NoConnection, "no connection, or it was lost before the answer came"),
        (TimedOut, "timed out: the daemon did not answer in time"),
        (Defect, "a defect in virtactl itself, or stdout cannot be written"),
        (Interrupted, "interrupted (Ctrl+C); 143 where terminated"),
    ];
}
