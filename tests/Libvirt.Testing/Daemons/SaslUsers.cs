namespace Libvirt.Testing;

/// <summary>Users whom a daemon knows by name and password, in a database of their own.</summary>
public static class SaslUsers
{
    /// <summary>Settings of a daemon that asks everybody on its unix socket for one of these names and its password.</summary>
    public static async Task<LibvirtDaemonOptions> WriteAsync(params (string Name, string Password)[] users)
    {
        string directory = Scratch.NewDirectory("sasl");
        string database = Path.Combine(directory, "users.db");
        string realm = (await Command.RunAsync("hostname", [])).EnsureSuccess().Output.Trim();
        foreach ((string name, string password) in users)
            (await Command.RunAsync("saslpasswd2", ["-c", "-p", "-f", database, "-a", "libvirt", "-u", realm, name], password)).EnsureSuccess();
        (await Command.RunAsync("chmod", ["a+r", database])).EnsureSuccess();
        await File.WriteAllTextAsync(
            Path.Combine(directory, "libvirt.conf"),
            $"mech_list: SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 PLAIN\npwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: {database}\n");
        return new LibvirtDaemonOptions { AuthUnix = "sasl", Environment = new Dictionary<string, string> { ["SASL_CONF_PATH"] = directory } };
    }
}
