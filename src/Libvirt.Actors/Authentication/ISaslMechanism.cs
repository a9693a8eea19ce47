namespace Libvirt.Authentication;

/// <summary>One SASL mechanism in one exchange. Answers challenges until it is content; refuses by <see cref="SaslException"/>.</summary>
internal interface ISaslMechanism : IDisposable
{
    /// <summary>Its registered name.</summary>
    string Name { get; }

    /// <summary>Whether it has nothing more to say and, where it proves the daemon too, has seen the proof.</summary>
    bool IsComplete { get; }

    /// <summary>What the client says first; null where the daemon begins.</summary>
    byte[]? Start();

    /// <summary>Answers a challenge; null for nothing to say.</summary>
    byte[]? Answer(ReadOnlySpan<byte> challenge);

    /// <summary>The layer that protects the bytes that follow, once complete; null where none was agreed on. The taker owns it.</summary>
    ISecurityLayer? TakeLayer() => null;
}
