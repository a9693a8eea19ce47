using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

// Objects and their fields.
internal sealed partial class Parser
{
    private ObjectNode ParseObject()
    {
        ObjectNode node = new(_reader.Position);
        Token open = _reader.Take();
        Enter(node.Position);
        _reader.SkipWhitespaceAndNewLines();
        ParseFields(node);
        if (!_reader.TryTake(TokenKind.CloseBrace))
        {
            throw _reader.Kind == TokenKind.End
                ? new HoconException(_reader.PositionOf(open), "the '{' is never closed")
                : _reader.Unexpected("a setting or '}' should be");
        }

        Leave();
        return node;
    }

    private void ParseFields(ObjectNode node)
    {
        while (_reader.Kind is TokenKind.Quoted or TokenKind.Unquoted)
        {
            if (_reader.Current is { Kind: TokenKind.Unquoted, Text: "include" })
                ParseInclude(node);
            else
                ParseField(node);
            Separate(TokenKind.CloseBrace, "object");
        }

        if (_reader.Kind is not (TokenKind.CloseBrace or TokenKind.End))
            throw _reader.Unexpected("a setting should be");
    }

    private void ParseField(ObjectNode node)
    {
        HoconPosition position = _reader.Position;
        Token first = _reader.Current;
        List<string> path = PathParser.Parse(_reader);
        _reader.SkipWhitespaceAndNewLines();
        Enter(position, path.Count - 1);
        _path.AddRange(path);
        Assign(node, path, position, ParseAssigned(first));
        _path.RemoveRange(_path.Count - path.Count, path.Count);
        Leave(path.Count - 1);
    }

    private HoconNode ParseAssigned(Token first)
    {
        switch (_reader.Kind)
        {
            case TokenKind.OpenBrace:
                return ParseValue();
            case TokenKind.Colon or TokenKind.Equals:
                _reader.Take();
                return ParseValue();
            case TokenKind.PlusEquals:
                // a += b stands for a = ${?a} [b].
                HoconPosition appended = _reader.Position;
                _reader.Take();
                SubstitutionNode before = new(appended, [.. _path.Skip(_prefix.Count)], _prefix, isOptional: true);
                return new ConcatenationNode(appended, [before, new ArrayNode(appended, [ParseValue()])]);
            default:
                // Behind the key may stand its value, where the sign between them was forgotten: it is not repeated.
                string key = first.Kind == TokenKind.Unquoted ? $"'{first.Text}'" : "the key";
                throw new HoconException(_reader.PositionOf(first), $"{key} has no value: '=', ':', '+=' or '{{' should follow it");
        }
    }

    private static void Assign(ObjectNode node, List<string> path, HoconPosition position, HoconNode value)
    {
        for (int i = path.Count - 1; i > 0; i--)
        {
            ObjectNode parent = new(position);
            parent.Assign(path[i], value);
            value = parent;
        }

        node.Assign(path[0], value);
    }
}
