
namespace Libvirt.Settings;

/// <summary>The settings of a <see cref="BackoffPolicy"/>, as a group of the options that have one.</summary>
internal static class BackoffSettings
{
    public static IEnumerable<Setting<T>> Of<T>(string group, string property, Func<T, BackoffPolicy> read, Func<T, BackoffPolicy, T> apply)
    {
        yield return Setting.Duration<T>(
            $"{group}.min", $"{property}.{nameof(BackoffPolicy.Min)}", o => read(o).Min, (o, v) => apply(o, read(o) with { Min = v }));
        yield return Setting.Duration<T>(
            $"{group}.max", $"{property}.{nameof(BackoffPolicy.Max)}", o => read(o).Max, (o, v) => apply(o, read(o) with { Max = v }));
        yield return Setting.Number<T>(
            $"{group}.factor", $"{property}.{nameof(BackoffPolicy.Factor)}", o => read(o).Factor, (o, v) => apply(o, read(o) with { Factor = v }));
        yield return Setting.Number<T>(
            $"{group}.jitter", $"{property}.{nameof(BackoffPolicy.Jitter)}", o => read(o).Jitter, (o, v) => apply(o, read(o) with { Jitter = v }));
        yield return Setting.Duration<T>(
            $"{group}.reset-after",
            $"{property}.{nameof(BackoffPolicy.ResetAfter)}",
            o => read(o).ResetAfter,
            (o, v) => apply(o, read(o) with { ResetAfter = v }));
    }
}
