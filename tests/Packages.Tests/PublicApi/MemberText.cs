using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Packages.Tests.PublicApi;

/// <summary>The members of a type that others can use or override, a line each.</summary>
internal sealed class MemberText(Type type, TypeText text)
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The members by name, constructors first.</summary>
    public IEnumerable<string> All() => type.IsSubclassOf(typeof(Delegate)) ? [] : Members()
        .OrderBy(member => member.Name, StringComparer.Ordinal)
        .ThenBy(member => member.Line, StringComparer.Ordinal)
        .Select(member => member.Line);

    private IEnumerable<(string Name, string Line)> Members() =>
    [
        .. type.GetConstructors(Own).Where(IsVisible).Where(NotImplied).Select(one => ("", $"{Access(one)}{TypeText.Declared(type)}({Parameters(one, text)})")),
        .. type.GetFields(Own).Where(IsVisible).Select(one => (one.Name, Field(one))),
        .. type.GetProperties(Own).Where(one => one.GetAccessors(true).Any(IsVisible)).Where(NotImplied).Select(one => (one.Name, Property(one))),
        .. type.GetEvents(Own).Where(one => IsVisible(one.AddMethod!)).Select(one => (one.Name, $"{Modifiers(one.AddMethod!)}event {text.Of(one)} {one.Name}")),
        .. type.GetMethods(Own).Where(IsVisible).Where(NotImplied).Select(one => (one.Name, Method(one))),
    ];

    /// <summary>The properties of plain data: name and type, in their order.</summary>
    public IEnumerable<string> Fields() => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(one => $"{text.Of(one)} {one.Name}");

    public static string Parameters(MethodBase method, TypeText text) => string.Join(", ", method.GetParameters().Select((parameter, i) =>
        $"{(i == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Passing(parameter)}{text.Of(parameter)} {parameter.Name}{Default(parameter)}"));

    private string Field(FieldInfo field) => field.IsLiteral
        ? $"const {text.Of(field)} {field.Name} = {Literal(field.GetRawConstantValue())}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{text.Of(field)} {field.Name}";

    private string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(true).First(IsVisible);
        string name = property.GetIndexParameters() is { Length: > 0 } ? $"this[{Parameters(first, text)}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string accessors = Accessor(property.GetMethod, "get") + Accessor(property.SetMethod, Setter(property));
        return $"{Access(first)}{Modifiers(first)}{required}{Reference(first.ReturnParameter)}{text.Of(property)} {name} {{ {accessors}}}";
    }

    private string Accessor(MethodInfo? method, string name) => method is not null && IsVisible(method) ? $"{name}; " : "";

    private static string Setter(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true ? "init" : "set";

    private string Method(MethodInfo method)
    {
        Type[] generics = method.GetGenericArguments();
        string parameters = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(generic => generic.Name))}>";
        return $"{Access(method)}{Modifiers(method)}{Reference(method.ReturnParameter)}{text.Of(method.ReturnParameter)} {method.Name}{parameters}"
            + $"({Parameters(method, text)}){DeclarationText.Constraints(generics, text)}";
    }

    private bool IsVisible(FieldInfo field) => (field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !type.IsSealed)) && !field.IsSpecialName;

    private bool IsVisible(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !type.IsSealed);

    // What the compiler gives every record follows from the word record; what a property or event is made of, from its own line.
    private bool NotImplied(MethodBase method) => method switch
    {
        ConstructorInfo constructor => !(DeclarationText.IsRecord(type) && constructor.IsDefined(typeof(CompilerGeneratedAttribute))),
        _ => !method.IsDefined(typeof(CompilerGeneratedAttribute))
            && !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            && !method.Name.StartsWith('<'),
    };

    private bool NotImplied(PropertyInfo property) => !(DeclarationText.IsRecord(type) && property.Name == "EqualityContract");

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private string Modifiers(MethodInfo method)
    {
        string obsolete = method.GetCustomAttribute<ObsoleteAttribute>() is null ? "" : "[Obsolete] ";
        if (type.IsInterface && !method.IsStatic)
            return obsolete;
        bool overrides = method.GetBaseDefinition() != method;
        return obsolete + (method.IsStatic ? "static " : "") + method switch
        {
            { IsAbstract: true } => overrides ? "abstract override " : "abstract ",
            { IsVirtual: true, IsFinal: false } when overrides => "override ",
            { IsVirtual: true, IsFinal: false } when !type.IsSealed => "virtual ",
            { IsVirtual: true, IsFinal: true } when overrides => "sealed override ",
            _ => "",
        };
    }

    private static string Reference(ParameterInfo result) => result.ParameterType.IsByRef
        ? result.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "InAttribute") ? "ref readonly " : "ref "
        : "";

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
        { ParameterType.IsByRef: false } => "",
        { IsOut: true } => "out ",
        _ when parameter.IsDefined(typeof(RequiresLocationAttribute)) => "ref readonly ",
        { IsIn: true } => "in ",
        _ => "ref ",
    };

    private static string Default(ParameterInfo parameter) => parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string words => $"\"{words}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
