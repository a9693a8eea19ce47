using System.Runtime.Serialization;
using Libvirt.Diagnostics;
using Libvirt.Protocol.Remote;

namespace Libvirt;

/// <summary>The daemon carried a call out and reports that it failed. Serves <c>virGetLastError</c>.</summary>
[Serializable]
public class LibvirtRemoteException : LibvirtException
{
    private readonly RemoteError _error;

    internal LibvirtRemoteException(string procedure, RemoteError error)
        : this(procedure, error, error.Message is { } text ? DisplayText.EscapeAndShorten(text) : $"the daemon gives no text (code {error.Code})", "remote-error")
    {
    }

    internal LibvirtRemoteException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
        Procedure = info.Required(nameof(Procedure));
        _error = info.Value<RemoteError>("Error");
    }

    internal override void Describe(SerializationInfo info)
    {
        base.Describe(info);
        info.Set(nameof(Procedure), Procedure);
        info.Set("Error", _error);
    }

    private protected LibvirtRemoteException(string procedure, RemoteError error, string message, string helpAnchor)
        : base(message, null, helpAnchor)
    {
        Procedure = procedure;
        _error = error;
    }

    /// <summary>The procedure that failed, such as <c>REMOTE_PROC_DOMAIN_CREATE</c>.</summary>
    public string Procedure { get; }

    /// <summary>What went wrong: <c>virErrorNumber</c>.</summary>
    public ErrorNumber Code => (ErrorNumber)_error.Code;

    /// <summary>Which part of libvirt reports it: <c>virErrorDomain</c>.</summary>
    public ErrorDomain Domain => (ErrorDomain)_error.Domain;

    /// <summary>How bad it is: <c>virErrorLevel</c>.</summary>
    public ErrorLevel Level => (ErrorLevel)_error.Level;

    /// <summary>The daemon's extra texts, null where it sent none; what they hold depends on <see cref="Code"/>.</summary>
    public IReadOnlyList<string?> Details => [_error.Str1, _error.Str2, _error.Str3];

    /// <summary>The daemon's extra numbers; what they hold depends on <see cref="Code"/>.</summary>
    public (int Int1, int Int2) Numbers => (_error.Int1, _error.Int2);

    /// <inheritdoc/>
    public override bool IsTransient => Code is ErrorNumber.OperationTimeout or ErrorNumber.AgentUnresponsive or ErrorNumber.ResourceBusy;
}
