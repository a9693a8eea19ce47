using System.Runtime.CompilerServices;

namespace Libvirt.Protocol;

public ref partial struct XdrWriter
{
    /// <summary>A variable-length array of elements that write themselves.</summary>
    public void WriteArray<T>(T[] values, int limit, [CallerArgumentExpression(nameof(values))] string? field = null)
        where T : IXdrWritable
    {
        WriteArrayCount(values, limit, field);
        foreach (T value in values)
            value.Write(ref this);
    }

    /// <summary>An optional value: a flag, then the value unless it is null.</summary>
    public void WriteOptional<T>(T? value)
        where T : struct, IXdrWritable
    {
        WriteBoolean(value.HasValue);
        if (value.HasValue)
            value.GetValueOrDefault().Write(ref this);
    }

    /// <summary>A variable-length array of strings of at most <paramref name="stringLimit"/> bytes each.</summary>
    public void WriteStringArray(string[] values, int limit, int stringLimit, [CallerArgumentExpression(nameof(values))] string? field = null)
    {
        WriteArrayCount(values, limit, field);
        foreach (string value in values)
            WriteString(value, stringLimit, field);
    }

    /// <summary>A variable-length array of XDR int.</summary>
    public void WriteInt32Array(int[] values, int limit, [CallerArgumentExpression(nameof(values))] string? field = null)
    {
        WriteArrayCount(values, limit, field);
        foreach (int value in values)
            WriteInt32(value);
    }

    /// <summary>A variable-length array of XDR unsigned int.</summary>
    public void WriteUInt32Array(uint[] values, int limit, [CallerArgumentExpression(nameof(values))] string? field = null)
    {
        WriteArrayCount(values, limit, field);
        foreach (uint value in values)
            WriteUInt32(value);
    }

    /// <summary>A variable-length array of XDR hyper.</summary>
    public void WriteInt64Array(long[] values, int limit, [CallerArgumentExpression(nameof(values))] string? field = null)
    {
        WriteArrayCount(values, limit, field);
        foreach (long value in values)
            WriteInt64(value);
    }

    /// <summary>A variable-length array of XDR unsigned hyper.</summary>
    public void WriteUInt64Array(ulong[] values, int limit, [CallerArgumentExpression(nameof(values))] string? field = null)
    {
        WriteArrayCount(values, limit, field);
        foreach (ulong value in values)
            WriteUInt64(value);
    }

    private void WriteArrayCount(Array values, int limit, string? field)
    {
        ArgumentNullException.ThrowIfNull(values, field);
        CheckCount(values.Length, limit, field, "elements");
        WriteInt32(values.Length);
    }
}
