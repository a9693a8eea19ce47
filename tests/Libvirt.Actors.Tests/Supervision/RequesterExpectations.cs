using Akka.Actor;
using Akka.TestKit;
using Libvirt.TestKit;

namespace Libvirt.Tests.Supervision;

/// <summary>What the requester of a call by message expects when actors fail.</summary>
internal static class RequesterExpectations
{
    /// <summary>Then: exactly one answer comes, a failure that carries the correlation id and the error.</summary>
    public static async Task<TException> ExpectOneFailureAsync<TException>(this TestProbe requester, VirtualActorSystem kit)
        where TException : Exception
    {
        Status.Failure failure = await requester.ExpectMsgAsync<Status.Failure>(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(requester.Ref.Path.Name, failure.State);
        await requester.ExpectNothingMoreAsync(kit);
        return Assert.IsType<TException>(failure.Cause);
    }

    /// <summary>Then: nothing comes after what has come.</summary>
    public static async Task ExpectNothingMoreAsync(this TestProbe requester, VirtualActorSystem kit)
    {
        await kit.SettleAsync();
        await requester.ExpectNoMsgAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }
}
