using System.CommandLine;
using System.CommandLine.Parsing;

namespace Libvirt.Cli.Storage;

/// <summary>The types of pools that a list is limited to.</summary>
internal sealed class PoolTypeOption : Option<ConnectListAllStoragePoolsFlags>
{
    // The enum's words in libvirt's XML, where they differ from the enum's in more than case.
    private const string IscsiDirect = "iscsi-direct";

    private static readonly Dictionary<string, ConnectListAllStoragePoolsFlags> Types = Enum.GetValues<ConnectListAllStoragePoolsFlags>()
        .Where(flag => flag >= ConnectListAllStoragePoolsFlags.Dir)
        .ToDictionary(flag => flag == ConnectListAllStoragePoolsFlags.IscsiDirect ? IscsiDirect : flag.ToString().ToLowerInvariant());

    public PoolTypeOption()
        : base("--type")
    {
        Description = $"Pools of these types alone, with commas between them: {string.Join(", ", Types.Keys)}.";
        HelpName = "TYPE[,TYPE]";
        CustomParser = Parse;
    }

    private static ConnectListAllStoragePoolsFlags Parse(ArgumentResult result)
    {
        ConnectListAllStoragePoolsFlags flags = 0;
        foreach (string word in result.Tokens[^1].Value.Split(','))
        {
            if (Types.TryGetValue(word, out ConnectListAllStoragePoolsFlags flag))
                flags |= flag;
            else
                result.AddError($"'{word}' is no type of a pool: --type knows {string.Join(", ", Types.Keys)}.");
        }

        return flags;
    }
}
