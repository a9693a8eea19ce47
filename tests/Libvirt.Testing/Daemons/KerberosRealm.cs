using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Libvirt.Testing;

/// <summary>A private Kerberos realm on loopback: a key distribution centre, one user, and the service <c>libvirt/localhost</c>.</summary>
public sealed class KerberosRealm : IAsyncDisposable
{
    private const string Name = "LAB.TEST";
    private const string User = "ann";
    private const string Password = "secret";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Reaper _reaper;
    private readonly int _port = Ports.Free();
    private Process? _process;

    private KerberosRealm(Reaper reaper) => _reaper = reaper;

    /// <summary>The keys of the service.</summary>
    public string KeyTab => Path.Combine(_reaper.Directory, "keytab");

    /// <summary>What a process needs in its environment to belong to the realm.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["KRB5_CONFIG"] = Path.Combine(_reaper.Directory, "krb5.conf"),
        ["KRB5_KTNAME"] = $"FILE:{KeyTab}",
        ["KRB5RCACHETYPE"] = "none",
    };

    private string TicketCache => $"FILE:{Path.Combine(_reaper.Directory, "tickets")}";

    /// <summary>Makes the realm, starts it, and puts this process into it.</summary>
    public static async Task<KerberosRealm> StartAsync()
    {
        KerberosRealm realm = new(Reaper.Create());
        try
        {
            await realm.CreateAsync();
            await realm.LaunchAsync();
            Posix.SetEnvironment("KRB5_CONFIG", realm.Environment["KRB5_CONFIG"]);
            Posix.SetEnvironment("KRB5CCNAME", realm.TicketCache);
            return realm;
        }
        catch
        {
            await realm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gets this process's user a ticket.</summary>
    public Task LogInAsync() => RunAsync("kinit", [User], Password);

    /// <summary>Throws the ticket away.</summary>
    public Task LogOutAsync() => RunAsync("kdestroy", []);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _reaper.DisposeAsync();
        _process?.Dispose();
    }

    private async Task CreateAsync()
    {
        string directory = _reaper.Directory;
        // The acceptor must not insist on the machine's own name, whatever that is.
        await File.WriteAllTextAsync(Path.Combine(directory, "krb5.conf"), $$"""
            [libdefaults]
             default_realm = {{Name}}
             dns_lookup_kdc = false
             dns_lookup_realm = false
             dns_canonicalize_hostname = false
             rdns = false
             ignore_acceptor_hostname = true
            [realms]
             {{Name}} = {
              kdc = 127.0.0.1:{{_port}}
             }
            [domain_realm]
             localhost = {{Name}}

            """);
        await File.WriteAllTextAsync(Path.Combine(directory, "kdc.conf"), $$"""
            [realms]
             {{Name}} = {
              database_name = {{directory}}/db
              key_stash_file = {{directory}}/stash
              kdc_listen = 127.0.0.1:{{_port}}
              kdc_tcp_listen = 127.0.0.1:{{_port}}
             }

            """);
        await RunAsync("/usr/sbin/kdb5_util", ["create", "-s", "-P", "master", "-r", Name]);
        foreach (string query in (string[])[$"addprinc -pw {Password} {User}", "addprinc -randkey libvirt/localhost", $"ktadd -k {KeyTab} libvirt/localhost"])
            await RunAsync("/usr/sbin/kadmin.local", ["-q", query]);
        (await Command.RunAsync("chmod", ["a+r", KeyTab])).EnsureSuccess();
    }

    private async Task LaunchAsync()
    {
        ProcessStartInfo info = new("setpriv") { WorkingDirectory = _reaper.Directory };
        foreach (string argument in (string[])["--pdeathsig=KILL", "sh", "-c", "exec /usr/sbin/krb5kdc -n -P kdc.pid >kdc.log 2>&1"])
            info.ArgumentList.Add(argument);
        foreach ((string name, string? value) in ToolEnvironment)
            info.Environment[name] = value;
        _process = ProcessStarter.Start(info);
        await Eventually.IsTrueAsync(Accepts, StartLimit);
    }

    private bool Accepts()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, _port));
        return true;
    }

    private Dictionary<string, string?> ToolEnvironment => new(Environment.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
    {
        ["KRB5_KDC_PROFILE"] = Path.Combine(_reaper.Directory, "kdc.conf"),
        ["KRB5CCNAME"] = TicketCache,
    };

    private async Task RunAsync(string program, IEnumerable<string> arguments, string input = "") =>
        (await Command.RunAsync(program, arguments, input, ToolEnvironment)).EnsureSuccess();
}
