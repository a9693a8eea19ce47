namespace Libvirt.Protocol.Generator.Emit;

/// <summary>A value of the object model and how it is made of the wire's.</summary>
/// <param name="CSharp">Its C# type.</param>
/// <param name="Convert">The expression that makes it, with <c>{0}</c> for the wire's value; <c>hypervisor</c> is in scope.</param>
internal sealed record ValueCode(string CSharp, string Convert);
