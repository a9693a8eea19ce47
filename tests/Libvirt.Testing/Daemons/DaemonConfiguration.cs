using System.Globalization;
using System.Text;

namespace Libvirt.Testing;

/// <summary>Writes libvirtd.conf and qemu.conf.</summary>
internal static class DaemonConfiguration
{
    public static string Render(LibvirtDaemonOptions options, int tcpPort)
    {
        StringBuilder text = new();
        Add("listen_tls", "0");
        Add("listen_tcp", options.ListenTcp ? "1" : "0");
        Add("listen_addr", "\"127.0.0.1\"");
        Add("tcp_port", $"\"{tcpPort.ToString(CultureInfo.InvariantCulture)}\"");
        Add("auth_tcp", $"\"{options.AuthTcp}\"");
        Add("auth_unix_rw", $"\"{options.AuthUnix}\"");
        Add("log_level", Number(options.LogLevel));
        AddNumber("max_client_requests", options.MaxClientRequests);
        AddNumber("max_clients", options.MaxClients);
        // libvirtd refuses to start with fewer clients than may wait for authentication, which are 20 by default.
        if (options.MaxClients < 20)
            AddNumber("max_anonymous_clients", options.MaxClients);
        AddNumber("keepalive_interval", options.KeepAliveInterval);
        AddNumber("keepalive_count", options.KeepAliveCount);
        foreach ((string name, string value) in options.Settings)
            Write(name, value);
        return text.ToString();

        // libvirtd takes the first of two lines for one name.
        void Add(string name, string value)
        {
            if (!options.Settings.ContainsKey(name))
                Write(name, value);
        }

        void Write(string name, string value) => text.Append(name).Append(" = ").Append(value).Append('\n');

        void AddNumber(string name, int? value)
        {
            if (value is int number)
                Add(name, Number(number));
        }
    }

    /// <summary>
    /// The QEMU driver's settings: ports of the daemon's own. By default all daemons would choose from the same ones, each without knowing of the others.
    /// </summary>
    public static string RenderQemu()
    {
        const int migrations = 8;
        const int displays = 32;
        int migration = Ports.Free(migrations);
        int display = Ports.Free(displays);
        return $"""
            migration_port_min = {Number(migration)}
            migration_port_max = {Number(migration + migrations - 1)}
            remote_display_port_min = {Number(display)}
            remote_display_port_max = {Number(display + displays - 1)}

            """;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
