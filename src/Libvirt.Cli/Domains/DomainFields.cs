using Libvirt.Cli.Output;

namespace Libvirt.Cli.Domains;

/// <summary>The fields by which every result names a domain.</summary>
internal static class DomainFields
{
    /// <summary>The id: only an active domain has one.</summary>
    public static Field Id(Domain domain) => new("id", "Id", domain.Id is { } id ? $"{id}" : "-", domain.Id);

    /// <summary>The name.</summary>
    public static Field Name(Domain domain) => Field.Of("name", "Name", domain.Name);

    /// <summary>The UUID.</summary>
    public static Field Uuid(Domain domain) => Field.Of("uuid", "UUID", domain.Uuid.ToString());

    /// <summary>The state, in virsh's words.</summary>
    public static Field State(DomainState state) => Field.Of("state", "State", DomainWords.State(state));

    /// <summary>What a command prints of the domain that it worked on.</summary>
    public static IReadOnlyList<Field> Subject(Domain domain) => [Name(domain), Uuid(domain)];
}
