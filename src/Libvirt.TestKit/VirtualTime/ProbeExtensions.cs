using System.Runtime.CompilerServices;
using Akka.TestKit;

namespace Libvirt.TestKit;

/// <summary>Expectations of a probe or a test kit that let virtual time pass. Those of Akka.TestKit wait for real time.</summary>
public static class ProbeExtensions
{
    /// <summary>Expects a message of one type next, and optionally that it meets a condition; another message fails the test.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="within">The longest virtual time to advance until a message arrives; zero only lets the actors settle.</param>
    /// <param name="condition">What the message must meet; nothing when null.</param>
    /// <param name="expression">The text of the condition, for the failure; supplied by the compiler.</param>
    public static async Task<T> ExpectWithinAsync<T>(
        this TestKitBase probe,
        TimeSpan within,
        Func<T, bool>? condition = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        ArgumentNullException.ThrowIfNull(probe);
        string expected = condition is null ? typeof(T).Name : $"{typeof(T).Name} with {expression}";
        object message = await NextAsync(probe, within, expected).ConfigureAwait(false);
        if (message is T typed && (condition is null || condition(typed)))
            return typed;
        throw Failed(probe, $"to receive {expected}, but it received {message}.");
    }

    /// <summary>Takes messages, dropping them, until one is of the type and meets the condition.</summary>
    /// <inheritdoc cref="ExpectWithinAsync" path="/param"/>
    public static async Task<T> FishWithinAsync<T>(
        this TestKitBase probe,
        TimeSpan within,
        Func<T, bool>? condition = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        ArgumentNullException.ThrowIfNull(probe);
        string expected = "eventually " + (condition is null ? typeof(T).Name : $"{typeof(T).Name} with {expression}");
        VirtualTimeProvider time = VirtualTime.Of(probe.Sys).Time;
        TimeSpan end = time.Elapsed + within;
        while (true)
        {
            object message = await NextAsync(probe, end > time.Elapsed ? end - time.Elapsed : TimeSpan.Zero, expected).ConfigureAwait(false);
            if (message is T typed && (condition is null || condition(typed)))
                return typed;
        }
    }

    /// <summary>Expects that no message is there when everything has settled.</summary>
    /// <param name="probe">The probe.</param>
    public static async Task ExpectNothingAsync(this TestKitBase probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        await VirtualTime.Of(probe.Sys).SettleAsync().ConfigureAwait(false);
        if (probe.HasMessages)
            throw Failed(probe, $"to receive nothing, but it received {probe.ReceiveOne(TimeSpan.Zero)}.");
    }

    private static async Task<object> NextAsync(TestKitBase probe, TimeSpan within, string expected)
    {
        VirtualTime time = VirtualTime.Of(probe.Sys);
        await time.SettleAsync().ConfigureAwait(false);
        TimeSpan end = time.Time.Elapsed + within;
        for (bool hasMoved = true; !probe.HasMessages; hasMoved = await time.StepAsync(end).ConfigureAwait(false))
        {
            if (!hasMoved)
                throw Failed(probe, $"to receive {expected}, but no message arrived within {within} of virtual time.");
        }

        return probe.ReceiveOne(TimeSpan.Zero);
    }

    // Through the assertions of the test framework, so that the failure is one of its own.
    private static ExpectationException Failed(TestKitBase probe, string what)
    {
        string text = $"Expected '{probe.TestActor.Path.ToStringWithoutAddress()}' {what}";
        TestKitAssertionsExtension.For(probe.Sys).Assertions.Fail("{0}", text);
        return new ExpectationException(text);
    }
}
