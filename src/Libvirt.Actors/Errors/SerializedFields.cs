using System.Globalization;
using System.Runtime.Serialization;
using Libvirt.Protocol;

namespace Libvirt;

/// <summary>The properties of an exception within its serialised form: all as text, which every serializer of Akka.NET keeps as it is.</summary>
internal static class SerializedFields
{
    private const string Prefix = "Libvirt.";

    public static void Set(this SerializationInfo info, string name, string? value)
    {
        if (value is not null)
            info.AddValue(Prefix + name, value);
    }

    public static void Set(this SerializationInfo info, string name, bool value) => info.Set(name, value ? "true" : "false");

    public static void Set(this SerializationInfo info, string name, long value) => info.Set(name, value.ToString(CultureInfo.InvariantCulture));

    public static void Set(this SerializationInfo info, string name, IXdrWritable value) => info.Set(name, Convert.ToBase64String(XdrPayload.Write(value)));

    public static string? Text(this SerializationInfo info, string name)
    {
        foreach (SerializationEntry entry in info)
        {
            if (entry.Name == Prefix + name)
                return info.GetString(entry.Name);
        }

        return null;
    }

    public static bool Flag(this SerializationInfo info, string name) => info.Text(name) == "true";

    public static long Number(this SerializationInfo info, string name) => long.Parse(info.Required(name), CultureInfo.InvariantCulture);

    public static T Value<T>(this SerializationInfo info, string name)
        where T : IXdrReadable<T> =>
        XdrPayload.Read<T>(Convert.FromBase64String(info.Required(name)));

    public static string Required(this SerializationInfo info, string name) =>
        info.Text(name) ?? throw new SerializationException($"The exception lacks its field {name}.");

    /// <summary>All fields that were set.</summary>
    public static IEnumerable<(string Name, string Value)> All(this SerializationInfo info)
    {
        foreach (SerializationEntry entry in info)
        {
            if (entry.Name.StartsWith(Prefix, StringComparison.Ordinal) && entry.Value is string value)
                yield return (entry.Name[Prefix.Length..], value);
        }
    }
}
