using System.Text;
using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Resolving;

// Values side by side: strings are joined, arrays appended, objects merged.
internal sealed partial class Resolver
{
    private HoconValue? ResolveConcatenation(ConcatenationNode node)
    {
        List<(HoconNode Node, HoconValue? Value)> parts = [];
        foreach (HoconNode part in node.Parts)
        {
            HoconValue? value = part is WhitespaceNode ? null : ResolveNode(part);
            if (value is not null || part is WhitespaceNode)
                parts.Add((part, value));
        }

        return parts.Find(static part => part.Value is not null).Value switch
        {
            null => null,
            HoconArray => Append(parts, node),
            HoconObject => MergeAll(parts, node),
            _ => Join(parts, node),
        };
    }

    private HoconArray Append(List<(HoconNode Node, HoconValue? Value)> parts, ConcatenationNode node)
    {
        List<HoconValue> elements = [];
        foreach ((HoconNode part, HoconValue? value) in parts)
        {
            if (value is not (null or HoconArray))
                throw Mixed(part, value, "an array");
            if (value is HoconArray array)
                elements.AddRange(array.Elements);
            if (elements.Count > HoconLimits.MaxArrayLength)
                throw new HoconException(node.Position, $"the array has more than {HoconLimits.MaxArrayLength} elements");
        }

        Spend(elements.Count, node);
        return Bounded(new HoconArray(elements), node);
    }

    private HoconObject MergeAll(List<(HoconNode Node, HoconValue? Value)> parts, ConcatenationNode node)
    {
        HoconObject? merged = null;
        foreach ((HoconNode part, HoconValue? value) in parts)
        {
            if (value is not (null or HoconObject))
                throw Mixed(part, value, "an object");
            if (value is HoconObject next)
                merged = merged is null ? next : Merge(merged, next, node);
        }

        return merged!;
    }

    private HoconScalar Join(List<(HoconNode Node, HoconValue? Value)> parts, ConcatenationNode node)
    {
        StringBuilder text = new();
        foreach ((HoconNode part, HoconValue? value) in parts)
        {
            text.Append(value switch
            {
                null => ((WhitespaceNode)part).Text,
                HoconScalar scalar => scalar.Text ?? "null",
                _ => throw Mixed(part, value, "a plain value"),
            });
            if (text.Length > HoconLimits.MaxValueLength)
                throw new HoconException(node.Position, $"the value has more than {HoconLimits.MaxValueLength} characters");
        }

        Spend(text.Length, node);
        return new HoconScalar(text.ToString());
    }

    private static HoconException Mixed(HoconNode part, HoconValue value, string before) =>
        new(part.Position, $"{value.Kind} cannot stand beside {before}");
}
