using System.Globalization;

namespace Libvirt.Testing.Capture;

/// <summary>Names for the admin program, which the dissector does not know.</summary>
internal static class AdminProcedures
{
    private static readonly string[] Names =
    [
        "CONNECT_OPEN", "CONNECT_CLOSE", "CONNECT_GET_LIB_VERSION", "CONNECT_LIST_SERVERS", "CONNECT_LOOKUP_SERVER",
        "SERVER_GET_THREADPOOL_PARAMETERS", "SERVER_SET_THREADPOOL_PARAMETERS", "SERVER_LIST_CLIENTS", "SERVER_LOOKUP_CLIENT",
        "CLIENT_GET_INFO", "CLIENT_CLOSE", "SERVER_GET_CLIENT_LIMITS", "SERVER_SET_CLIENT_LIMITS", "CONNECT_GET_LOGGING_OUTPUTS",
        "CONNECT_GET_LOGGING_FILTERS", "CONNECT_SET_LOGGING_OUTPUTS", "CONNECT_SET_LOGGING_FILTERS", "SERVER_UPDATE_TLS_FILES",
        "CONNECT_SET_DAEMON_TIMEOUT", "CONNECT_DAEMON_SHUTDOWN",
    ];

    public static string Name(int procedure) =>
        procedure >= 1 && procedure <= Names.Length ? Names[procedure - 1] : procedure.ToString(CultureInfo.InvariantCulture);
}
