namespace Libvirt.Simulator;

/// <summary>
/// What a call is refused with: libvirt's error code and domain and its text. Thrown by the objects of the simulator when they cannot do
/// what is asked of them; a client gets it as an error reply.
/// </summary>
public sealed class SimulatedFailureException : Exception
{
    /// <summary>An error whose text is libvirt's own for its code, then a colon and <paramref name="detail"/>.</summary>
    public SimulatedFailureException(ErrorNumber code, ErrorDomain domain, string? detail)
        : base(ErrorTexts.Compose(code, detail))
    {
        Code = code;
        Domain = domain;
        Detail = detail;
        HelpLink = "docs/troubleshooting.md#simulated-failure";
    }

    /// <summary>An error of the simulated QEMU driver.</summary>
    public SimulatedFailureException(ErrorNumber code, string? detail)
        : this(code, ErrorDomain.Qemu, detail)
    {
    }

    /// <summary>libvirt's number of the error.</summary>
    public ErrorNumber Code { get; }

    /// <summary>The part of libvirt that reports it.</summary>
    public ErrorDomain Domain { get; }

    /// <summary>The part of the text that differs from case to case; null where there is none.</summary>
    public string? Detail { get; }

    internal RemoteError ToWire() => new()
    {
        Code = (int)Code,
        Domain = (int)Domain,
        Message = Message,
        Level = (int)ErrorLevel.Error,
        Dom = null,
        Str1 = ErrorTexts.Pattern(Code, Detail is not null),
        Str2 = Detail,
        Str3 = null,
        Int1 = -1,
        Int2 = -1,
        Net = null,
    };
}
