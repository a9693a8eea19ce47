using Xunit;

namespace Packages.Tests.Feed;

/// <summary>The tests that share one feed.</summary>
[CollectionDefinition(nameof(PackedFeed))]
public sealed class PackedFeedCollection : ICollectionFixture<PackedFeed>;
