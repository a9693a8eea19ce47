using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Libvirt;
using Libvirt.Events;
using Libvirt.Hosting.Hocon;
using Libvirt.Protocol;
using Libvirt.Simulator;
using Libvirt.TestKit;
using Xunit;

namespace Documents.Tests;

/// <summary>The page of errors: every exception points to its section, and every public exception has its row.</summary>
public sealed partial class ErrorPageTests
{
    private const string PageName = "docs/troubleshooting.md";

    // A package that is missing here is not tested; the tests of the packages check how many there are.
    private static readonly Assembly[] Assemblies =
    [
        typeof(ProtocolException).Assembly, typeof(LibvirtException).Assembly, typeof(HoconException).Assembly,
        typeof(HypervisorSimulator).Assembly, typeof(LibvirtScenario).Assembly,
    ];

    private static readonly Page TheErrorPage = Page.Of(PageName);

    public static TheoryData<Type> Own =>
        [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract)];

    public static TheoryData<string> Rows => [.. TableRows().Select(row => row.Trim('|').Split('|')[0].Trim()).Where(cell => !cell.StartsWith(".NET", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Own))]
    public void An_exception_of_ours_points_to_a_section_that_names_it(Type exception)
    {
        foreach (Exception made in Made(exception))
        {
            Assert.NotNull(made.HelpLink);
            string[] link = made.HelpLink.Split('#');
            Assert.Equal((PageName, 2), (link[0], link.Length));
            string row = Assert.Single(TableRows(), row => row.EndsWith($"(#{link[1]}) |", StringComparison.Ordinal));
            string section = Section(link[1]);
            Assert.Contains($"`{exception.Name}`", row, StringComparison.Ordinal);
            if (made is LibvirtConnectException connect)
                Assert.Contains($"`{connect.Reason}`", row + section, StringComparison.Ordinal);
            else
                Assert.Contains($"`{exception.Name}`", section, StringComparison.Ordinal);
            Assert.True(section.Length > 100, $"Nothing is said of {exception.Name}.");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_leads_to_a_section(string cell)
    {
        string row = Assert.Single(TableRows(), row => row.StartsWith($"| {cell} |", StringComparison.Ordinal));

        Assert.NotEmpty(Section(row.Split("(#")[1].Split(')')[0]));
    }

    [Fact]
    public void Every_exception_that_public_documentation_names_stands_on_the_page()
    {
        string[] named = [.. Assemblies.SelectMany(Documented).Distinct().Order(StringComparer.Ordinal)];

        Assert.Contains("LibvirtRemoteException", named);
        Assert.Contains("EndOfStreamException", named);
        // The root of all: the page is about its subclasses.
        Assert.DoesNotContain(named, name => name != nameof(LibvirtException) && !TheErrorPage.Text.Contains($"`{name}`", StringComparison.Ordinal));
    }

    // Only the project itself makes most of them. All their texts are made up.
    private static IEnumerable<Exception> Made(Type exception)
    {
        ConstructorInfo[] constructors =
            [.. exception.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(one => !one.IsFamilyAndAssembly && !IsOfSerializers(one))];
        Assert.NotEmpty(constructors);
        if (exception == typeof(LibvirtConnectException))
            return Enum.GetValues<ConnectFailure>().Select(reason => (Exception)constructors.Single().Invoke([reason, "made up", null]));
        return constructors.Select(constructor => (Exception)constructor.Invoke([.. constructor.GetParameters().Select(Argument)]));
    }

    private static bool IsOfSerializers(ConstructorInfo constructor) =>
        constructor.GetParameters() is [{ } first, _] && first.ParameterType == typeof(System.Runtime.Serialization.SerializationInfo);

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "made up",
        var type when type == typeof(Exception) => new InvalidOperationException("made up"),
        var type when type == typeof(Procedure) => Libvirt.Protocol.Remote.RemoteProcedures.DomainCreate,
        var type when type == typeof(EventKind) => DomainEvents.Lifecycle,
        var type => RuntimeHelpers.GetUninitializedObject(type),
    };

    private static string[] TableRows() =>
        [.. TheErrorPage.Text.Split("\n# No connection")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| exception", StringComparison.Ordinal))];

    private static string Section(string anchor) =>
        TheErrorPage.Text.Split($"<a id=\"{anchor}\"></a>\n") is [_, var rest] ? rest.Split("<a id=")[0] : throw new InvalidOperationException($"{PageName} has no section {anchor}.");

    private static IEnumerable<string> Documented(Assembly assembly) =>
        from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
        where IsPublic(assembly, member.Attribute("name")!.Value)
        from exception in member.Elements("exception")
        select exception.Attribute("cref")!.Value.Split('.')[^1];

    private static bool IsPublic(Assembly assembly, string member)
    {
        string name = Parameters().Replace(member[2..], "");
        for (int dot = name.Length; dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (assembly.GetType(name[..dot]) is { } type)
                return type.IsVisible;
        }

        return false;
    }

    [GeneratedRegex(@"\(.*$")]
    private static partial Regex Parameters();
}
