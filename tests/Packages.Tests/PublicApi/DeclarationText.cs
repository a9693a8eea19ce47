using System.Reflection;
using System.Runtime.CompilerServices;

namespace Packages.Tests.PublicApi;

/// <summary>A type's declaration in one line: what it is, its name, what it derives from, what its parameters must be.</summary>
internal static class DeclarationText
{
    public static string Of(Type type, TypeText text)
    {
        string head = $"{Markers(type)}{Modifiers(type)}{Kind(type)} ";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"{head}{text.Of(invoke.ReturnParameter)} {TypeText.Declared(type)}({MemberText.Parameters(invoke, text)}){Constraints(type.GetGenericArguments(), text)}";
        }

        if (type.IsEnum)
            return $"{head}{TypeText.Declared(type)} : {text.Of(Enum.GetUnderlyingType(type))}";
        string[] bases = [.. Bases(type, text)];
        return $"{head}{TypeText.Declared(type)}{(bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}")}{Constraints(type.GetGenericArguments(), text)}";
    }

    public static string Constraints(Type[] parameters, TypeText text) => string.Concat(parameters
        .Select(parameter => (parameter.Name, Demands: Demands(parameter, text).ToArray()))
        .Where(parameter => parameter.Demands.Length > 0)
        .Select(parameter => $" where {parameter.Name} : {string.Join(", ", parameter.Demands)}"));

    /// <summary>Whether the compiler made a record of it.</summary>
    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static string Markers(Type type) =>
        (type.GetCustomAttribute<ObsoleteAttribute>() is null ? "" : "[Obsolete] ") + (type.GetCustomAttribute<FlagsAttribute>() is null ? "" : "[Flags] ");

    private static string Modifiers(Type type) => type switch
    {
        { IsEnum: true } or { IsInterface: true } => "",
        _ when type.IsSubclassOf(typeof(Delegate)) => "",
        { IsValueType: true } => (type.GetCustomAttribute<IsReadOnlyAttribute>() is null ? "" : "readonly ") + (type.IsByRefLike ? "ref " : ""),
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static IEnumerable<string> Bases(Type type, TypeText text)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            yield return text.Of(parent);
        Type[] all = type.GetInterfaces();
        IEnumerable<Type> own = all.Except(type.BaseType?.GetInterfaces() ?? []).Except(all.SelectMany(one => one.GetInterfaces()));
        foreach (string name in own.Where(one => one.IsVisible && !IsOwnEquality(type, one)).Select(one => text.Of(one)).Order(StringComparer.Ordinal))
            yield return name;
    }

    private static bool IsOwnEquality(Type type, Type one) =>
        IsRecord(type) && one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>) && one.GetGenericArguments()[0] == type;

    private static IEnumerable<string> Demands(Type parameter, TypeText text)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
            yield return "struct";
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        foreach (Type constraint in parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)))
            yield return text.Of(constraint);
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            yield return "new()";
        if (attributes.HasFlag((GenericParameterAttributes)0x20))
            yield return "allows ref struct";
    }
}
