namespace Architecture.Tests;

/// <summary>What one project may reference.</summary>
/// <param name="Projects">The projects that it may reference.</param>
/// <param name="Packages">The packages that it may reference; null for any.</param>
internal sealed record ProjectRule(IReadOnlyList<string> Projects, IReadOnlyList<string>? Packages);
