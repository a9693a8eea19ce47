using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Importing;

/// <summary>Finds the C function of a procedure: the same name, in snake case there and in camel case here.</summary>
/// <param name="Program">The program.</param>
/// <param name="Procedure">The procedure's name without its prefix.</param>
internal readonly record struct ApiFunctionName(string Program, string Procedure)
{
    /// <summary>The function, or null when the procedure is a step that has none.</summary>
    /// <param name="functions">All functions.</param>
    public ApiFunction? Find(IEnumerable<ApiFunction> functions)
    {
        string expected = Expected();
        return functions.FirstOrDefault(f => f.Name.Equals(expected, StringComparison.OrdinalIgnoreCase));
    }

    private string Expected()
    {
        string words = Procedure.Replace("_", "", StringComparison.Ordinal);
        return Program switch
        {
            "remote" => "vir" + words,
            "admin" => "virAdm" + words,
            _ => "vir" + words.Replace("DOMAIN", "DOMAIN" + Program, StringComparison.Ordinal),
        };
    }
}
