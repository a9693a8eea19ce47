namespace Libvirt.Protocol.Generator.Tests;

/// <summary>A libvirt tree in small, written for the tests, and a model folder beside it; deleted with it.</summary>
internal sealed class SmallTree : IDisposable
{
    private const string Remote = """
        const REMOTE_STRING_MAX = 4194304;
        const REMOTE_LIST_MAX = 5;
        typedef opaque remote_uuid[VIR_UUID_BUFLEN];
        typedef string remote_nonnull_string<REMOTE_STRING_MAX>;
        typedef remote_nonnull_string *remote_string;
        struct remote_nonnull_domain { remote_nonnull_string name; remote_uuid uuid; int id; };
        struct remote_domain_lookup_args { remote_nonnull_string name; };
        struct remote_domain_lookup_ret { remote_nonnull_domain dom; };
        struct remote_domain_list_ret { remote_nonnull_domain domains<REMOTE_LIST_MAX>; };
        const REMOTE_PROGRAM = 0x20008086;
        const REMOTE_PROTOCOL_VERSION = 1;
        enum remote_procedure {
            /** @generate: both
              * @acl: domain:getattr */
            REMOTE_PROC_DOMAIN_LOOKUP = 1,
            /** @generate: both
              * @priority: high
              * @acl: connect:search_domains
              * @acl: domain:write */
            REMOTE_PROC_DOMAIN_LIST = 2
        };
        """;

    private const string Api = """
        <api name='libvirt'><symbols>
          <macro name='VIR_UUID_BUFLEN' raw='(8 + 8)'/>
          <enum name='VIR_DOMAIN_LOOK_A' value='1' value_bitshift='0' type='virDomainLookFlags' version='1.0.0'/>
          <enum name='VIR_DOMAIN_LOOK_SAME' value='VIR_DOMAIN_LOOK_A' type='virDomainLookFlags' version='1.1.0'/>
          <function name='virDomainLookup' file='libvirt-domain' version='1.2.3'>
            <return type='virDomainPtr'/>
            <arg name='conn' type='virConnectPtr' info='the connection'/>
            <arg name='name' type='const char *' info='the name'/>
            <arg name='flags' type='unsigned int' info='bitwise-OR of virDomainLookFlags'/>
          </function>
        </symbols></api>
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("generator");

    public SmallTree()
    {
        foreach (string other in (string[])["virnetprotocol.x", "qemu_protocol.x", "lxc_protocol.x", "admin_protocol.x", "virkeepaliveprotocol.x"])
            Protocol(other, "");
        Protocol("remote_protocol.x", Remote);
        ApiFile("libvirt-api.xml", Api);
        foreach (string other in (string[])["qemu", "lxc", "admin"])
            ApiFile($"libvirt-{other}-api.xml", "<api><symbols/></api>");
        Write("src/Libvirt.Protocol.Generator/Model/overrides.json", "{}");
        Write("src/Libvirt.Protocol.Generator/Model/texts.json", "{}");
        Write("Actors.sln", "");
    }

    public string Root => _root.FullName;

    public string ProtocolFolder => Path.Combine(Root, "x");

    public string ApiFolder => Path.Combine(Root, "api");

    public static string RemoteProtocol => Remote;

    public void Protocol(string file, string text) => Write($"x/{file}", text);

    public void ApiFile(string file, string text) => Write($"api/{file}", text);

    public void Addendum(string text) => Write("src/Libvirt.Protocol.Generator/Model/remote_addendum.x", text);

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
