using System.Reflection;

namespace Packages.Tests.PublicApi;

/// <summary>Types as C# writes them, with nullability; namespaces that every program imports, and the one spoken of, are left out.</summary>
internal sealed class TypeText(string current)
{
    private static readonly string[] Imported =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    private readonly NullabilityInfoContext _nullability = new();

    public string Of(ParameterInfo parameter) => Of(parameter.ParameterType, _nullability.Create(parameter));

    public string Of(PropertyInfo property) => Of(property.PropertyType, _nullability.Create(property));

    public string Of(FieldInfo field) => Of(field.FieldType, _nullability.Create(field));

    public string Of(EventInfo happening) => Of(happening.EventHandlerType!, _nullability.Create(happening));

    public string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        string mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        // Whether a parameter stands for something nullable is told by nobody.
        return type.IsGenericParameter ? type.Name : Named(type, nullability) + mark;
    }

    /// <summary>A type's name as its declaration has it: without namespace, with its parameters.</summary>
    public static string Declared(Type type) => type.DeclaringType is { } outer
        ? $"{Declared(outer)}.{Simple(type)}{Arguments(type.GetGenericArguments()[outer.GetGenericArguments().Length..])}"
        : $"{Simple(type)}{Arguments(type.GetGenericArguments())}";

    private string Named(Type type, NullabilityInfo? nullability)
    {
        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string prefix = type.DeclaringType is { } declaring
            ? Named(declaring.IsGenericTypeDefinition ? declaring.MakeGenericType(arguments[..outer]) : declaring, null) + "."
            : type.Namespace == current || Imported.Contains(type.Namespace) ? "" : type.Namespace + ".";
        NullabilityInfo[] infos = nullability?.GenericTypeArguments ?? [];
        string[] texts = [.. arguments[outer..].Select((argument, i) => Of(argument, infos.Length == arguments.Length ? infos[outer + i] : null))];
        return prefix + Simple(type) + (texts.Length == 0 ? "" : $"<{string.Join(", ", texts)}>");
    }

    private static string Arguments(Type[] parameters) =>
        parameters.Length == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter => Variance(parameter) + parameter.Name))}>";

    private static string Variance(Type parameter) => (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
    {
        GenericParameterAttributes.Covariant => "out ",
        GenericParameterAttributes.Contravariant => "in ",
        _ => "",
    };

    private static string Simple(Type type) => type.Name.Split('`')[0];
}
