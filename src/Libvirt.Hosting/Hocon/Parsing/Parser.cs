using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Parses one text into nodes; what it includes is parsed in its place.</summary>
internal sealed partial class Parser
{
    private readonly TokenReader _reader;
    private readonly IncludeScope _scope;

    // The path of the fields around the current place, from the root of all files.
    private readonly List<string> _path;
    private readonly IReadOnlyList<string> _prefix;
    private int _depth;

    private Parser(TokenReader reader, IncludeScope scope, IReadOnlyList<string> prefix, int depth)
    {
        _reader = reader;
        _scope = scope;
        _prefix = prefix;
        _path = [.. prefix];
        _depth = depth;
    }

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">Where it comes from and what it may include.</param>
    public static ObjectNode Parse(string text, IncludeScope scope) => Parse(text, scope, [], 0);

    private static ObjectNode Parse(string text, IncludeScope scope, IReadOnlyList<string> prefix, int depth)
    {
        TokenReader reader = new(scope.Source, Lexer.Tokenize(scope.Source, text));
        return new Parser(reader, scope, prefix, depth).ParseRoot();
    }

    private ObjectNode ParseRoot()
    {
        _reader.SkipWhitespaceAndNewLines();
        ObjectNode root = new(_reader.Position);
        if (_reader.Kind == TokenKind.OpenBracket)
            throw _reader.Unexpected("an object should be: settings have names, so the outermost value cannot be an array");
        if (_reader.Kind == TokenKind.OpenBrace)
            root = ParseObject();
        else
            ParseFields(root);
        _reader.SkipWhitespaceAndNewLines();
        return _reader.Kind == TokenKind.End ? root : throw _reader.Unexpected("the text should end");
    }

    private void Enter(HoconPosition position, int levels = 1)
    {
        _depth += levels;
        if (_depth > HoconLimits.MaxDepth)
            throw new HoconException(position, $"values are nested more than {HoconLimits.MaxDepth} deep");
    }

    private void Leave(int levels = 1) => _depth -= levels;

    /// <summary>After a field or an element: goes to the next one; at most one comma stands between two.</summary>
    private void Separate(TokenKind close, string what)
    {
        _reader.SkipWhitespace();
        if (_reader.Kind == close || _reader.Kind == TokenKind.End)
            return;
        if (_reader.Kind is not (TokenKind.NewLine or TokenKind.Comma))
            throw _reader.Unexpected($"a new line, a comma or the end of the {what} should be");
        _reader.SkipWhitespaceAndNewLines();
        if (!_reader.TryTake(TokenKind.Comma))
            return;
        _reader.SkipWhitespaceAndNewLines();
        if (_reader.Kind == TokenKind.Comma)
            throw _reader.Unexpected("a value should be: there is nothing between two commas");
    }
}
