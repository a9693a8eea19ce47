namespace Libvirt.Protocol;

public ref partial struct XdrReader
{
    /// <summary>A variable-length array of at most <paramref name="limit"/> elements that read themselves.</summary>
    public T[] ReadArray<T>(int limit)
        where T : IXdrReadable<T>
    {
        T[] values = Allocate<T>(ReadCount(limit, T.MinimumWireSize));
        for (int i = 0; i < values.Length; i++)
            values[i] = T.Read(ref this);
        return values;
    }

    /// <summary>A variable-length array of strings.</summary>
    /// <param name="limit">The most elements.</param>
    /// <param name="stringLimit">The most bytes of each.</param>
    public string[] ReadStringArray(int limit, int stringLimit)
    {
        string[] values = Allocate<string>(ReadCount(limit, 4));
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadString(stringLimit);
        return values;
    }

    /// <summary>A variable-length array of XDR int.</summary>
    public int[] ReadInt32Array(int limit)
    {
        int[] values = Allocate<int>(ReadCount(limit, 4));
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadInt32();
        return values;
    }

    /// <summary>A variable-length array of XDR unsigned int.</summary>
    public uint[] ReadUInt32Array(int limit)
    {
        uint[] values = Allocate<uint>(ReadCount(limit, 4));
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadUInt32();
        return values;
    }

    /// <summary>A variable-length array of XDR hyper.</summary>
    public long[] ReadInt64Array(int limit)
    {
        long[] values = Allocate<long>(ReadCount(limit, 8));
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadInt64();
        return values;
    }

    /// <summary>A variable-length array of XDR unsigned hyper.</summary>
    public ulong[] ReadUInt64Array(int limit)
    {
        ulong[] values = Allocate<ulong>(ReadCount(limit, 8));
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadUInt64();
        return values;
    }

    private static T[] Allocate<T>(int count) => count == 0 ? [] : new T[count];
}
