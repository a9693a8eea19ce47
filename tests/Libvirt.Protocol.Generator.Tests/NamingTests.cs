using Libvirt.Protocol.Generator.Emit;
using Libvirt.Protocol.Generator.Model;
using Libvirt.Testing;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class NamingTests
{
    private readonly Naming _naming = new(Overrides.Load(RepositoryRoot.Combine("src", "Libvirt.Protocol.Generator", "Model")));

    [Theory]
    [InlineData("DOMAIN_GET_INFO", "DomainGetInfo")]
    [InlineData("DomainGetXMLDesc", "DomainGetXmlDesc")]
    [InlineData("DomainLookupByUUID", "DomainLookupByUuid")]
    [InlineData("DomainLookupByID", "DomainLookupById")]
    [InlineData("callbackID", "CallbackId")]
    [InlineData("NWFILTER_LOOKUP_BY_NAME", "NWFilterLookupByName")]
    [InlineData("ConnectListAllNWFilters", "ConnectListAllNWFilters")]
    [InlineData("DomainFSTrim", "DomainFSTrim")]
    [InlineData("DOMAIN_FSTRIM", "DomainFSTrim")]
    [InlineData("DomainGetOSType", "DomainGetOSType")]
    [InlineData("DomainPMSuspendForDuration", "DomainPMSuspendForDuration")]
    [InlineData("NodeGetCPUStatsAllCPUs", "NodeGetCpuStatsAllCpus")]
    [InlineData("xmlCPUs", "XmlCpus")]
    [InlineData("xml_desc", "XmlDesc")]
    public void A_name_is_split_into_words_and_each_begins_with_a_capital(string name, string expected) =>
        Assert.Equal(expected, _naming.Pascal(name));

    [Theory]
    [InlineData("xml_desc", "xmlDesc")]
    [InlineData("IOThreadId", "ioThreadId")]
    [InlineData("params", "@params")]
    [InlineData("usageID", "usageId")]
    public void A_parameter_begins_small(string name, string expected) => Assert.Equal(expected, _naming.Camel(name));

    [Theory]
    [InlineData(2, "virDomainState", "VIR_DOMAIN_NOSTATE", "VIR_DOMAIN_RUNNING")]
    [InlineData(3, "virDomainDefineFlags", "VIR_DOMAIN_DEFINE_VALIDATE")]
    [InlineData(2, "virX", "VIR_A_B", "VIR_A_B_C")]
    [InlineData(1, "virX", "VIR_A_1", "VIR_A_2")]
    public void Members_lose_the_words_that_all_of_them_share(int words, string type, params string[] members) =>
        Assert.Equal(words, EnumNames.CommonWords(members, type));
}
