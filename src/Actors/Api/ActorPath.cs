namespace Actors;

/// <summary>
/// The place of an actor in its system's tree: <c>/libvirt/hv1/connection-3</c>. A path outlives the actor that lives there: a later
/// actor may take it.
/// </summary>
public sealed class ActorPath : IEquatable<ActorPath>
{
    private string? _text;

    private ActorPath(ActorPath? parent, string name)
    {
        Parent = parent;
        Name = name;
    }

    /// <summary>The root of every tree, written <c>/</c>.</summary>
    public static ActorPath Root { get; } = new(null, "");

    /// <summary>The path of the actor that supervises this one; null at the root.</summary>
    public ActorPath? Parent { get; }

    /// <summary>The last element, unique among the parent's living children; empty at the root.</summary>
    public string Name { get; }

    /// <summary>The path of a child.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a slash, a white space or a control character.</exception>
    public ActorPath Child(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (char c in name)
        {
            if (c == '/' || char.IsWhiteSpace(c) || char.IsControl(c))
                throw new ArgumentException($"'{name}' cannot name an actor: slashes, white space and control characters are not allowed.", nameof(name));
        }

        return new ActorPath(this, name);
    }

    /// <inheritdoc/>
    public bool Equals(ActorPath? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name && Equals(Parent, other.Parent));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parent, Name);

    /// <inheritdoc/>
    public override string ToString() => _text ??= Parent switch
    {
        null => "/",
        { Parent: null } => "/" + Name,
        _ => Parent + "/" + Name,
    };
}
