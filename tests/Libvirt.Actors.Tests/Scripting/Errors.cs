using Libvirt.Protocol.Remote;

namespace Libvirt.Tests.Scripting;

/// <summary>Error replies as a daemon fills them.</summary>
internal static class Errors
{
    public static RemoteError Remote(ErrorNumber code, ErrorDomain domain, string? message) => new()
    {
        Code = (int)code,
        Domain = (int)domain,
        Message = message,
        Level = (int)ErrorLevel.Error,
        Dom = null,
        Str1 = message,
        Str2 = null,
        Str3 = null,
        Int1 = 0,
        Int2 = 0,
        Net = null,
    };
}
