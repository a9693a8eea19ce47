using Libvirt.Protocol.Generator.Idl;
using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Importing;

public sealed partial class Importer
{
    /// <summary>
    /// The permissions of the daemon's access rules that a call needs when it only looks: a call that needs no other may be repeated
    /// without harm. Reading secrets or a guest's disk and memory is still reading.
    /// </summary>
    private static readonly HashSet<string> ReadingPermissions = ["getattr", "read", "read_secure", "block_read", "mem_read"];

    private List<ModelProgram> Programs()
    {
        List<ModelProgram> programs = [];
        foreach (EnumDefinition procedures in _order.Select(n => _definitions[n]).OfType<EnumDefinition>())
        {
            if (!procedures.Name.EndsWith("_procedure", StringComparison.Ordinal))
                continue;
            string name = procedures.Name[..^"_procedure".Length];
            uint number = (uint)Constant($"{name.ToUpperInvariant()}_PROGRAM", procedures.Position);
            uint version = (uint)Constant($"{name.ToUpperInvariant()}_PROTOCOL_VERSION", procedures.Position);
            programs.Add(new ModelProgram(name, number, version, [.. procedures.Members.Select(m => Procedure(name, m)).OrderBy(p => p.Number)]));
        }

        RefuseUnusedMessages(programs);
        return programs;
    }

    private ModelProcedure Procedure(string program, EnumMember member)
    {
        string prefix = $"{program.ToUpperInvariant()}_PROC_";
        if (!member.Name.StartsWith(prefix, StringComparison.Ordinal))
            throw new SyntaxException(member.Position, $"The procedure {member.Name} does not begin with {prefix}.");
        string type = $"{program}_{member.Name[prefix.Length..].ToLowerInvariant()}";
        Annotations annotations = Annotations.Parse(member);
        ApiFunctionName function = new(program, member.Name[prefix.Length..]);
        ApiFunction? served = function.Find(_api.Functions().Values);
        List<string> acl = [.. annotations.All("acl").Where(a => a != "none")];
        return new ModelProcedure
        {
            Number = (int)Constant(member.Value, member.Position),
            Name = member.Name,
            Args = Existing($"{type}_args"),
            Ret = Existing($"{type}_ret"),
            Msg = Existing($"{type}_msg"),
            Function = served?.Name,
            Page = served?.Page,
            Since = annotations.One("since") ?? served?.Since ?? _overrides.Find("since", member.Name),
            HighPriority = annotations.One("priority") == "high",
            Stream = _overrides.Find("streams", member.Name) ?? Stream(annotations),
            Sparse = annotations.One("sparseflag"),
            Descriptors = _overrides.Find("descriptors", member.Name),
            Acl = acl,
            AclFilter = annotations.All("aclfilter"),
            Reading = acl.Count > 0 && acl.All(IsReading) && !_overrides.Lists("notReading", member.Name),
        };
    }

    private string? Existing(string type) => _definitions.GetValueOrDefault(type) is StructDefinition ? type : null;

    private static string? Stream(Annotations annotations) =>
        annotations.One("readstream") is not null ? "read" : annotations.One("writestream") is not null ? "write" : null;

    private static bool IsReading(string acl)
    {
        string permission = acl.Split(':')[1];
        return ReadingPermissions.Contains(permission) || permission.StartsWith("search_", StringComparison.Ordinal);
    }

    /// <summary>A struct that is named like a message but belongs to no procedure means that a name was misread.</summary>
    private void RefuseUnusedMessages(List<ModelProgram> programs)
    {
        HashSet<string> used = [.. programs.SelectMany(p => p.Procedures).SelectMany(p => new[] { p.Args, p.Ret, p.Msg }).OfType<string>()];
        foreach (StructDefinition type in _definitions.Values.OfType<StructDefinition>())
        {
            bool message = type.Name.EndsWith("_args", StringComparison.Ordinal) || type.Name.EndsWith("_ret", StringComparison.Ordinal)
                || type.Name.EndsWith("_msg", StringComparison.Ordinal);
            if (message && !used.Contains(type.Name))
                throw new SyntaxException(type.Position, $"{type.Name} belongs to no procedure.");
        }
    }
}
