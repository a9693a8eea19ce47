using Actors;
using Libvirt.Connection;

namespace Libvirt.Streams;

/// <summary>Answer with a connection for one bulk stream, when there is one.</summary>
internal sealed record RentBulk(ReplyTo<ConnectionHandle> Reply) : IHypervisorMessage;

/// <summary>A bulk connection is there for its next stream: it is ready, or its last stream has ended.</summary>
internal sealed record BulkIsFree(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>A bulk connection has been idle for as long as it may be.</summary>
internal sealed record BulkIsIdle(ConnectionHandle Connection) : IHypervisorMessage;

/// <summary>A bulk connection has ended.</summary>
internal sealed record BulkEnded(ConnectionHandle Connection) : IHypervisorMessage;
