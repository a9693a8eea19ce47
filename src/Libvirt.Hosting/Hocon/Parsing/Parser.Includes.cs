using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

// include "file", include file("file"), include required("file"), include required(file("file")).
internal sealed partial class Parser
{
    private void ParseInclude(ObjectNode node)
    {
        HoconPosition position = _reader.Position;
        _reader.Take();
        (string name, bool required) = ParseIncluded(position);
        foreach ((string text, IncludeScope scope) in _scope.Open(name, required, position))
        {
            Enter(position);
            node.Merge(Parse(text, scope, [.. _path], _depth));
            Leave();
        }
    }

    private (string Name, bool Required) ParseIncluded(HoconPosition position)
    {
        string before = TakeUnquoted();
        if (_reader.Kind != TokenKind.Quoted)
        {
            throw new HoconException(
                position, "the name of a file between quotes should follow 'include'; a setting of that name is written \"include\"");
        }

        string name = _reader.Take().Text;
        string after = TakeUnquoted();
        bool required = before is "required(" or "required(file(";
        string closing = before switch
        {
            "" => "",
            "required(" or "file(" => ")",
            "required(file(" => "))",
            _ => throw new HoconException(position, $"'include {before}' is not known; there are \"name\", file(\"name\") and required(\"name\")"),
        };
        return after == closing ? (name, required) : throw new HoconException(position, $"'{closing}' should end this include");
    }

    private string TakeUnquoted()
    {
        string text = "";
        while (_reader.Kind is TokenKind.Unquoted or TokenKind.Whitespace)
        {
            Token token = _reader.Take();
            if (token.Kind == TokenKind.Unquoted)
                text += token.Text;
        }

        return text;
    }
}
