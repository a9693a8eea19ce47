using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using Libvirt.Messages;
using Libvirt.Protocol;
using Libvirt.Protocol.Lxc;
using Libvirt.Protocol.Qemu;
using Libvirt.Protocol.Remote;

namespace Libvirt.Serialization;

/// <summary>Arguments and results of one procedure.</summary>
internal abstract class ProcedureCodec
{
    private static readonly ConcurrentDictionary<Procedure, ProcedureCodec> Codecs = new(ReferenceEqualityComparer.Instance);
    private static readonly Lazy<FrozenDictionary<(uint Program, int Number), Procedure>> ByNumber = new(static () =>
        All.ToFrozenDictionary(static procedure => (procedure.Program, procedure.Number)));

    private static readonly Lazy<FrozenDictionary<Type, Procedure>> ByResult = new(static () =>
        All.DistinctBy(static procedure => procedure.GetType().GetGenericArguments()[1])
            .ToFrozenDictionary(static procedure => procedure.GetType().GetGenericArguments()[1]));

    private static IEnumerable<Procedure> All => RemoteProcedures.All.Concat(QemuProcedures.All).Concat(LxcProcedures.All);

    public abstract LibvirtCall ReadCall(ref XdrReader reader, CallOptions options, object? correlationId, ActivityContext activity);

    public abstract object ReadResult(ref XdrReader reader);

    public abstract ILibvirtMessage ReadReply(ref XdrReader reader, object? correlationId);

    /// <summary>Writes which procedure it is.</summary>
    /// <exception cref="ArgumentException">It is none of libvirt's.</exception>
    public static void WriteProcedure(ref XdrWriter writer, Procedure procedure)
    {
        if (!ByNumber.Value.TryGetValue((procedure.Program, procedure.Number), out Procedure? known) || !ReferenceEquals(known, procedure))
            throw new ArgumentException($"{procedure.Name} is not a procedure of libvirt that this library knows, so another node cannot be sent a call of it.");
        writer.WriteUInt32(procedure.Program);
        writer.WriteInt32(procedure.Number);
    }

    public static Procedure ReadProcedure(ref XdrReader reader)
    {
        (uint program, int number) = (reader.ReadUInt32(), reader.ReadInt32());
        return ByNumber.Value.TryGetValue((program, number), out Procedure? procedure)
            ? procedure
            : throw new ProtocolException($"There is no procedure {number} in the program 0x{program:x8}. The other node has a newer release of this library, or libvirt.");
    }

    public static ProcedureCodec Of(Procedure procedure) => Codecs.GetOrAdd(procedure, static key =>
        (ProcedureCodec)Activator.CreateInstance(typeof(ProcedureCodec<,>).MakeGenericType(key.GetType().GetGenericArguments()), key)!);

    /// <summary>Any procedure that has this type of result.</summary>
    /// <exception cref="ArgumentException">None of libvirt's has.</exception>
    public static Procedure WithResult(Type result) => ByResult.Value.TryGetValue(result, out Procedure? procedure)
        ? procedure
        : throw new ArgumentException($"No procedure of libvirt that this library knows has the result {result.Name}, so another node cannot be sent it.");
}

/// <inheritdoc/>
internal sealed class ProcedureCodec<TArgs, TRet>(Procedure<TArgs, TRet> procedure) : ProcedureCodec
    where TArgs : class, IXdrWritable, IXdrReadable<TArgs>
    where TRet : class, IXdrReadable<TRet>
{
    public override LibvirtCall ReadCall(ref XdrReader reader, CallOptions options, object? correlationId, ActivityContext activity) =>
        new LibvirtCall<TArgs, TRet>(procedure, TArgs.Read(ref reader)) { Options = options, CorrelationId = correlationId, ActivityContext = activity };

    public override object ReadResult(ref XdrReader reader) => TRet.Read(ref reader);

    public override ILibvirtMessage ReadReply(ref XdrReader reader, object? correlationId) => new CallReply<TRet>(TRet.Read(ref reader), correlationId);
}
