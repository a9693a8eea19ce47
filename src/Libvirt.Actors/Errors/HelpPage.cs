namespace Libvirt;

/// <summary>Where an exception's <see cref="Exception.HelpLink"/> points.</summary>
internal static class HelpPage
{
    private const string Page = "docs/troubleshooting.md";

    public static string Anchor(string anchor) => $"{Page}#{anchor}";
}
