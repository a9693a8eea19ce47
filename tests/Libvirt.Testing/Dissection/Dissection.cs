namespace Libvirt.Testing;

/// <summary>What the dissector says about a capture.</summary>
/// <param name="Messages">The messages it understood, in order.</param>
/// <param name="Problems">Each malformed packet and each error it reports, in its own words with the packet's number.</param>
public sealed record Dissection(IReadOnlyList<DissectedMessage> Messages, IReadOnlyList<string> Problems);
