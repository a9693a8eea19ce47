using Xunit;

namespace Libvirt.Simulator.Tests;

/// <summary>Descriptions that would exhaust memory or read files of the host.</summary>
public sealed class HostileXmlTests
{
    private const string Entities = """<!DOCTYPE domain [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>""";
    private const string File = """<!DOCTYPE domain [<!ENTITY file SYSTEM "file:///etc/passwd">]>""";

    [Theory]
    [InlineData(Entities + "<domain type='kvm'><name>&b;</name></domain>")]
    [InlineData(File + "<domain type='kvm'><name>&file;</name></domain>")]
    public void A_document_type_declaration_is_refused(string xml)
    {
        SimulatedFailureException error = Assert.Throws<SimulatedFailureException>(() => XmlText.ParseAny(xml, "domain_definition", ErrorDomain.Domain));

        Assert.Equal(ErrorNumber.XmlDetail, error.Code);
        Assert.Contains("DTD", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_that_are_nested_too_deeply_are_refused()
    {
        const int Depth = 40_000;
        string xml = string.Concat(Enumerable.Repeat("<a>", Depth)) + string.Concat(Enumerable.Repeat("</a>", Depth));

        SimulatedFailureException error = Assert.Throws<SimulatedFailureException>(() => XmlText.ParseAny(xml, "device_definition", ErrorDomain.Domain));

        Assert.Contains("depth", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_more_than_four_million_characters_is_refused()
    {
        string xml = $"<domain><name>{new string('x', 5 << 20)}</name></domain>";

        Assert.Throws<SimulatedFailureException>(() => XmlText.ParseAny(xml, "domain_definition", ErrorDomain.Domain));
    }

    [Fact]
    public void Elements_as_deep_as_libvirt_allows_are_accepted()
    {
        const int Depth = 256;
        string xml = string.Concat(Enumerable.Repeat("<a>", Depth)) + string.Concat(Enumerable.Repeat("</a>", Depth));

        Assert.Equal(Depth, XmlText.ParseAny(xml, "device_definition", ErrorDomain.Domain).DescendantsAndSelf().Count());
    }
}
