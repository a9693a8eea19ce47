namespace Libvirt.Testing;

/// <summary>A message as the dissector understood it.</summary>
/// <param name="Packet">The number of the packet in the capture that holds its last byte.</param>
/// <param name="IsFromClient">Whether the client sent it.</param>
/// <param name="Program">The program's name in the dissector's words, for example REMOTE.</param>
/// <param name="Procedure">The procedure's name in the dissector's words, for example CONNECT_OPEN; its number where it knows none.</param>
/// <param name="Type">For example CALL.</param>
/// <param name="Serial">The serial.</param>
/// <param name="Status">For example OK.</param>
public sealed record DissectedMessage(int Packet, bool IsFromClient, string Program, string Procedure, string Type, uint Serial, string Status);
