using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>Writes all of Libvirt.Actors' generated code.</summary>
public static class ActorsEmitter
{
    /// <summary>Writes the programs' methods and the objects.</summary>
    /// <returns>How many methods the object model has.</returns>
    /// <exception cref="InvalidOperationException">A hand-written file lacks something; the text lists all of it.</exception>
    public static int Emit(Emission emission, WireOnly wireOnly)
    {
        foreach (ModelProgram program in emission.Model.Programs.Where(p => p.Name != "keepalive"))
            ProgramEmitter.Emit(emission, program);
        ProgramEmitter.EmitStreamTable(emission);
        int methods = ObjectEmitter.Emit(emission, wireOnly);
        return emission.Problems.Count == 0 ? methods : throw new InvalidOperationException(string.Join('\n', emission.Problems));
    }
}
