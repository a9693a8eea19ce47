using Libvirt.Testing;
using Xunit;

namespace Documents.Tests;

/// <summary>Where pages point.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => Page.Names;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page) => Assert.Empty(Broken(Page.Of(page)));

    [Fact]
    public void A_link_that_leads_nowhere_is_found()
    {
        Page page = new("docs/made-up.md", "# A part of it\n[1](nowhere.md) [2](#a-part-of-it) [3](#nothing) [4](hosting.md#nothing) [5](https://example.net) [6](hosting.md)");

        Assert.Equal(["nowhere.md", "#nothing", "hosting.md#nothing"], Broken(page));
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_read_me()
    {
        HashSet<string> reached = ["README.md"];
        Queue<Page> open = new([Page.Of("README.md")]);
        while (open.TryDequeue(out Page? page))
        {
            foreach (Page next in Page.All.Where(next => page.Links.Any(link => Target(page, link) == next.Name) && reached.Add(next.Name)))
                open.Enqueue(next);
        }

        Assert.Empty(Page.All.Select(page => page.Name).Where(name => name.StartsWith("docs/", StringComparison.Ordinal)).Except(reached));
    }

    private static IEnumerable<string> Broken(Page page) => page.Links.Where(link => !link.StartsWith("https://", StringComparison.Ordinal)).Where(link =>
    {
        string target = Target(page, link);
        return link.Split('#') is [_, var anchor]
            ? !(target == page.Name ? page : Page.All.SingleOrDefault(other => other.Name == target))?.Anchors.Contains(anchor) ?? true
            : !Path.Exists(RepositoryRoot.Combine(target));
    });

    // The page or folder a link leads to, as a path in the checkout.
    private static string Target(Page page, string link) => link.StartsWith('#')
        ? page.Name
        : Path.GetRelativePath(RepositoryRoot.Path, RepositoryRoot.Combine(Path.GetDirectoryName(page.Name)!, link.Split('#')[0]));
}
