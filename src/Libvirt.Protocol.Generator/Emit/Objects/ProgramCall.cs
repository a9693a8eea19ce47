using Libvirt.Protocol.Generator.Model;

namespace Libvirt.Protocol.Generator.Emit;

/// <summary>A call and the program that it belongs to.</summary>
internal sealed record ProgramCall(ModelProgram Program, ModelProcedure Procedure);
