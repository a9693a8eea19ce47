using System.Buffers;
using System.Net.Security;
using Libvirt.Protocol;

namespace Libvirt.Authentication;

/// <summary>Encryption by the session key of a Kerberos context, which it owns. Both ways may run at once.</summary>
internal sealed class GssapiLayer(NegotiateAuthentication context, int maxClear, int maxWrapped) : ISecurityLayer
{
    // A Kerberos context is not made for two threads.
    private readonly Lock _gate = new();
    private bool _disposed;

    public int MaxClear => maxClear;

    public int MaxWrapped => maxWrapped;

    public byte[] Wrap(ReadOnlySpan<byte> clear)
    {
        ArrayBufferWriter<byte> wrapped = new(clear.Length);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            NegotiateAuthenticationStatusCode status = context.Wrap(clear, wrapped, requestEncryption: true, out bool encrypted);
            if (status != NegotiateAuthenticationStatusCode.Completed || !encrypted)
                throw new IOException($"Kerberos cannot encrypt: {status}.");
        }

        return wrapped.WrittenSpan.ToArray();
    }

    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        ArrayBufferWriter<byte> clear = new(Math.Max(wrapped.Length, 1));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            NegotiateAuthenticationStatusCode status = context.Unwrap(wrapped, clear, out bool encrypted);
            if (status != NegotiateAuthenticationStatusCode.Completed || !encrypted)
                throw new ProtocolException($"A packet of the security layer cannot be decrypted: {status}.");
        }

        return clear.WrittenSpan.ToArray();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            context.Dispose();
        }
    }
}
