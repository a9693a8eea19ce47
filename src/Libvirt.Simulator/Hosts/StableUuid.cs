using System.Security.Cryptography;
using System.Text;

namespace Libvirt.Simulator;

/// <summary>UUIDs that are the same in every run, so that what a test prints can be compared.</summary>
internal static class StableUuid
{
    public static Guid From(string kind, string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}"));
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
