namespace Libvirt.Hosting.Hocon.Text;

/// <summary>What was written last in a statement, or in an element of a list.</summary>
internal enum Content
{
    Nothing,
    Plain,
    Quoted,
    Reference,
    Object,
    List,
}
