using System.Numerics;

namespace Libvirt.Bench.Measuring;

/// <summary>
/// How long things took: 32 buckets for each power of two of nanoseconds, as in the peers' programs, so that values are kept to 3 % and recording
/// allocates nothing. For one thread at a time.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BucketCount = 2048;
    private const int Linear = 32;

    private readonly long[] _counts = new long[BucketCount];

    public long Total { get; private set; }

    public void Record(long nanoseconds)
    {
        _counts[BucketOf(nanoseconds)]++;
        Total++;
    }

    public void Merge(LatencyHistogram other)
    {
        for (int i = 0; i < BucketCount; i++)
            _counts[i] += other._counts[i];
        Total += other.Total;
    }

    /// <summary>The value, in microseconds, below which that share of all values lies.</summary>
    public double Percentile(double share)
    {
        long wanted = (long)(share * Total);
        long seen = 0;
        for (int i = 0; i < BucketCount; i++)
        {
            seen += _counts[i];
            if (seen > wanted)
                return ValueOf(i) / 1000.0;
        }
        return 0;
    }

    private static int BucketOf(long nanoseconds)
    {
        if (nanoseconds < Linear)
            return (int)Math.Max(nanoseconds, 0);
        int shift = BitOperations.Log2((ulong)nanoseconds) - 5;
        return ((shift + 1) * Linear) + (int)(nanoseconds >> shift) - Linear;
    }

    private static long ValueOf(int bucket) => bucket < Linear ? bucket : (long)((bucket % Linear) + Linear) << ((bucket / Linear) - 1);
}
