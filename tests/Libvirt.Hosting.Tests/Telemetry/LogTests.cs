using System.Reflection;
using System.Text.RegularExpressions;
using Libvirt.Testing;
using Microsoft.Extensions.Logging;

namespace Libvirt.Hosting.Tests.Telemetry;

/// <summary>The messages that the libraries log.</summary>
public sealed partial class LogTests
{
    private static readonly LoggerMessageAttribute[] Messages =
    [
        .. from assembly in new[] { typeof(Hypervisor).Assembly, typeof(IHypervisors).Assembly }
           from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           from message in method.GetCustomAttributes<LoggerMessageAttribute>()
           select message,
    ];

    [Fact]
    public void Each_message_has_an_id_of_its_own()
    {
        Assert.True(Messages.Length > 20);
        Assert.Empty(Messages.GroupBy(static message => message.EventId).Where(static group => group.Count() > 1).Select(static group => group.Key));
    }

    [Fact]
    public void Each_id_is_in_a_range_that_the_page_names_and_no_range_is_empty()
    {
        (int From, int To)[] ranges = [.. Range().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "telemetry.md")))
            .Select(static match => (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value)))];

        Assert.All(Messages, message => Assert.Single(ranges, range => message.EventId >= range.From && message.EventId <= range.To));
        Assert.All(ranges, range => Assert.Contains(Messages, message => message.EventId >= range.From && message.EventId <= range.To));
    }

    [Theory]
    [InlineData("Hypervisor")]
    [InlineData("Serial")]
    [InlineData("Procedure")]
    [InlineData("Domain")]
    public void What_a_message_is_about_is_a_field_of_its_own(string field) =>
        Assert.Contains(Messages, message => message.Message.Contains($"{{{field}}}", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| (\d+) to (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Range();
}
