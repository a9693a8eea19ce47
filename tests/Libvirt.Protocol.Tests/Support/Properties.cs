using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Libvirt.Protocol.Tests;

/// <summary>Checks properties with FsCheck. The values are the same in every run. FsCheck reduces a value that fails where it knows how.</summary>
internal static class Properties
{
    // SplitMix's own step from one value to the next.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_240_101, Gamma), FSharpOption<int>.None)));

    /// <summary>Runs <paramref name="check"/>, which throws if the property does not hold, on <paramref name="count"/> values.</summary>
    public static void Hold<T>(Arbitrary<T> values, Action<T> check, int count = 100) =>
        Check.One(Repeatable.WithMaxTest(count), Prop.ForAll(values, check));

    /// <summary>FsCheck's own generator and shrinker of a type.</summary>
    public static Arbitrary<T> Any<T>() => ArbMap.Default.ArbFor<T>();

    /// <summary>One value, the same for the same seed.</summary>
    public static T Sample<T>(this Gen<T> values, int seed) => values.Sample(50, new Rnd(unchecked((ulong)seed), Gamma), 1).First();
}
