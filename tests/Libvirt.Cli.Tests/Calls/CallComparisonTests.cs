using System.Text.Json.Nodes;
using Libvirt.Testing;
using Xunit;

namespace Libvirt.Cli.Tests;

/// <summary>Procedures of every family, called by name, give what virsh gives.</summary>
public sealed class CallComparisonTests(CallObjects objects) : IClassFixture<CallObjects>
{
    private static readonly Dictionary<string, CallCase> Cases =
        ((IEnumerable<CallCase>)[.. ConnectCases.All, .. NodeCases.All, .. DomainCases.All, .. GuestCases.All, .. StorageCases.All])
        .ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_gives_what_virsh_gives(string name)
    {
        CallCase question = Cases[name];
        string uri = objects.Uri(question.Driver);

        string result = await Virtactl.On(uri).RunAsync("call", question.Procedure, question.Arguments);
        string printed = await Virsh.On(uri).RunAsync(question.Virsh);

        (string ours, string theirs) = question.Compare(JsonNode.Parse(result)!, printed);
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, ours);
    }
}
