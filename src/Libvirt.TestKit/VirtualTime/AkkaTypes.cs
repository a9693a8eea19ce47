namespace Libvirt.TestKit;

/// <summary>Tells Akka's types from those of the program.</summary>
internal static class AkkaTypes
{
    /// <summary>Whether the type belongs to Akka or one of its modules.</summary>
    public static bool Contains(Type? type) =>
        type?.Assembly.GetName().Name is { } name && (name == "Akka" || name.StartsWith("Akka.", StringComparison.Ordinal));
}
