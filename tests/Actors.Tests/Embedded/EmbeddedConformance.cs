using Actors.Conformance;

namespace Actors.Tests;

public sealed class EmbeddedTellTests : TellConformance<EmbeddedEngine>;

public sealed class EmbeddedBatchTests : BatchConformance<EmbeddedEngine>;

public sealed class EmbeddedLifeTests : LifeConformance<EmbeddedEngine>;

public sealed class EmbeddedSupervisionTests : SupervisionConformance<EmbeddedEngine>;

public sealed class EmbeddedBackoffTests : BackoffConformance<EmbeddedEngine>;

public sealed class EmbeddedWatchTests : WatchConformance<EmbeddedEngine>;

public sealed class EmbeddedTimerTests : TimerConformance<EmbeddedEngine>;

public sealed class EmbeddedDeadLetterTests : DeadLetterConformance<EmbeddedEngine>;

public sealed class EmbeddedContextTests : ContextConformance<EmbeddedEngine>;

public sealed class EmbeddedAskTests : AskConformance<EmbeddedEngine>;

public sealed class EmbeddedRaceTests : RaceConformance<EmbeddedEngine>;

public sealed class EmbeddedMailboxTests : MailboxConformance<EmbeddedEngine>;
