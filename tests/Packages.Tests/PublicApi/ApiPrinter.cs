using System.Globalization;
using System.Reflection;
using System.Text;

namespace Packages.Tests.PublicApi;

/// <summary>Writes down what an assembly offers: a line for each type and each member, in an order that changes only when they do.</summary>
internal sealed class ApiPrinter
{
    private readonly StringBuilder _text = new();

    private ApiPrinter()
    {
    }

    public static string Print(Assembly assembly)
    {
        ApiPrinter printer = new();
        foreach (IGrouping<string, Type> types in assembly.GetExportedTypes().GroupBy(type => type.Namespace!).OrderBy(group => group.Key, StringComparer.Ordinal))
            printer.PrintNamespace(types.Key, types);
        return printer._text.ToString();
    }

    private void PrintNamespace(string name, IEnumerable<Type> types)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{(_text.Length == 0 ? "" : "\n")}namespace {name}\n");
        TypeText text = new(name);
        foreach (Type type in types.OrderBy(TypeText.Declared, StringComparer.Ordinal))
            PrintType(type, text);
    }

    private void PrintType(Type type, TypeText text)
    {
        MemberText members = new(type, text);
        string declaration = DeclarationText.Of(type, text);
        if (type.IsEnum)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  {declaration} {{ {string.Join(", ", EnumValues(type))} }}\n");
        }
        else if (IsWireRecord(type))
        {
            // Thousands of these are plain data: a line each is enough.
            _text.Append(CultureInfo.InvariantCulture, $"  {declaration} {{ {string.Join("; ", members.Fields())} }}\n");
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"  {declaration}\n");
            foreach (string member in members.All())
                _text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
        }
    }

    private static IEnumerable<string> EnumValues(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (field.Name, Value: Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)))
        .OrderBy(value => value.Value).ThenBy(value => value.Name, StringComparer.Ordinal)
        .Select(value => $"{value.Name} = {value.Value}");

    private static bool IsWireRecord(Type type) => type is { IsClass: true, IsAbstract: false }
        && type.GetInterface("IXdrWritable") is not null
        && type.GetConstructors() is [var only] && only.GetParameters().Length == 0
        && type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Length > 0;
}
