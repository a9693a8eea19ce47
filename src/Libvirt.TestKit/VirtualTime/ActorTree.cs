using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Dispatch;

namespace Libvirt.TestKit;

/// <summary>Lists the living actors of a system.</summary>
public static class ActorTree
{
    /// <summary>The path of all actors.</summary>
    public const string Root = "/";

    /// <summary>The path of the actors of the program.</summary>
    public const string User = "/user";

    /// <summary>
    /// Lists the living actors below a path, parents first and without the actor of the path itself. The actors keep running meanwhile, so
    /// let them settle first for an exact answer.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="path">A path without an address, such as <c>/user/libvirt</c>.</param>
    public static IReadOnlyList<LivingActor> Below(ActorSystem system, string path = User)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(path);
        var found = new List<LivingActor>();
        IInternalActorRef root = ((ExtendedActorSystem)system).Provider.RootGuardian;
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        IActorRef start = names.Length == 0 ? root : root.GetChild(names);
        if (start is ActorRefWithCell cell)
            AddChildren(cell, found);
        return found;
    }

    /// <summary>Counts the living actors below a path.</summary>
    /// <inheritdoc cref="Below" path="/param"/>
    public static int CountLivingActors(ActorSystem system, string path = User) => Below(system, path).Count;

    private static void AddChildren(ActorRefWithCell parent, List<LivingActor> found)
    {
        foreach (IInternalActorRef child in parent.Underlying.ChildrenContainer.Children)
        {
            if (child is not ActorRefWithCell { Underlying: { IsTerminated: false } cell } withCell)
                continue;
            Mailbox? mailbox = (cell as ActorCell)?.Mailbox;
            found.Add(new LivingActor(
                child,
                cell.Props.Type,
                cell.NumberOfMessages,
                mailbox is not null && IsScheduled(mailbox),
                mailbox is not null && IsSuspended(mailbox)));
            AddChildren(withCell, found);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern bool IsScheduled(Mailbox mailbox);

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern bool IsSuspended(Mailbox mailbox);
}
