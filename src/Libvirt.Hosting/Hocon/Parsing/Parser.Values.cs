using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

// Values, and values side by side.
internal sealed partial class Parser
{
    private HoconNode ParseValue()
    {
        _reader.SkipWhitespaceAndNewLines();
        HoconPosition position = _reader.Position;
        List<HoconNode> parts = [];
        while (_reader.Kind is not (TokenKind.NewLine or TokenKind.Comma or TokenKind.CloseBrace or TokenKind.CloseBracket or TokenKind.End))
            parts.Add(ParsePart());
        if (parts is [.., WhitespaceNode])
            parts.RemoveAt(parts.Count - 1);
        return parts.Count switch
        {
            0 => throw _reader.Unexpected("a value should be"),
            1 => parts[0],
            _ => Concatenate(position, parts),
        };
    }

    private HoconNode ParsePart()
    {
        HoconPosition position = _reader.Position;
        switch (_reader.Kind)
        {
            case TokenKind.Whitespace:
                return new WhitespaceNode(position, _reader.Take().Text);
            case TokenKind.Quoted:
                return new LiteralNode(position, _reader.Take().Text);
            case TokenKind.Unquoted:
                string text = _reader.Take().Text;
                return new LiteralNode(position, text == "null" ? null : text);
            case TokenKind.OpenBrace:
                return ParseObject();
            case TokenKind.OpenBracket:
                return ParseArray();
            case TokenKind.Substitution or TokenKind.OptionalSubstitution:
                return ParseSubstitution();
            default:
                throw _reader.Unexpected("the value should go on; text with such characters goes between quotes, and two settings on one line need a comma");
        }
    }

    private ArrayNode ParseArray()
    {
        HoconPosition position = _reader.Position;
        _reader.Take();
        Enter(position);
        _reader.SkipWhitespaceAndNewLines();
        List<HoconNode> elements = [];
        while (_reader.Kind is not (TokenKind.CloseBracket or TokenKind.End))
        {
            elements.Add(ParseValue());
            Separate(TokenKind.CloseBracket, "array");
        }

        if (!_reader.TryTake(TokenKind.CloseBracket))
            throw new HoconException(position, "the '[' is never closed");
        Leave();
        return new ArrayNode(position, elements);
    }

    private SubstitutionNode ParseSubstitution()
    {
        HoconPosition position = _reader.Position;
        bool isOptional = _reader.Take().Kind == TokenKind.OptionalSubstitution;
        List<string> path = PathParser.Parse(_reader);
        return _reader.TryTake(TokenKind.CloseBrace)
            ? new SubstitutionNode(position, path, _prefix, isOptional)
            : throw new HoconException(position, "the '${' is never closed: '}' should follow the path, on the same line");
    }

    private static HoconNode Concatenate(HoconPosition position, List<HoconNode> parts)
    {
        if (parts.TrueForAll(static part => part is LiteralNode or WhitespaceNode))
            return new LiteralNode(position, string.Concat(parts.Select(Text)));
        if (!parts.TrueForAll(static part => part is ObjectNode or WhitespaceNode))
            return new ConcatenationNode(position, parts);
        ObjectNode merged = new(position);
        foreach (ObjectNode part in parts.OfType<ObjectNode>())
            merged.Merge(part);
        return merged;
    }

    private static string Text(HoconNode part) => part is WhitespaceNode space ? space.Text : ((LiteralNode)part).Text ?? "null";
}
