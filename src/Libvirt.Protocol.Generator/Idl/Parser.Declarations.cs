namespace Libvirt.Protocol.Generator.Idl;

public sealed partial class Parser
{
    private static readonly HashSet<string> Keywords =
    [
        "const", "enum", "struct", "union", "typedef", "switch", "case", "default", "void", "unsigned",
        "int", "hyper", "short", "char", "bool", "float", "double", "string", "opaque",
    ];

    private Declaration ParseDeclaration()
    {
        SourcePosition position = Current.Position;
        string type = ParseType();
        bool optional = TryTake("*");
        string name = TakeName();
        DeclarationShape shape = optional ? DeclarationShape.Optional : DeclarationShape.Single;
        string? size = null;
        if (!optional && TryTake("["))
        {
            shape = DeclarationShape.Fixed;
            size = TakeValue();
            Expect("]");
        }
        else if (!optional && TryTake("<"))
        {
            shape = DeclarationShape.Variable;
            size = Current.Text == ">" ? "" : TakeValue();
            Expect(">");
        }

        if (type == "string" && shape != DeclarationShape.Variable)
            throw new SyntaxException(position, "A string is written with its limit: string name<LIMIT>.");
        if (type == "opaque" && shape is not (DeclarationShape.Variable or DeclarationShape.Fixed))
            throw new SyntaxException(position, "Opaque data is written with its size or limit: opaque name[SIZE] or opaque name<LIMIT>.");
        return new Declaration(type, name, shape, size, position);
    }

    private string ParseType()
    {
        Token token = TakeIdentifier("a type");
        switch (token.Text)
        {
            case "unsigned":
                return ParseUnsigned();
            case "int" or "hyper" or "short" or "char" or "bool" or "float" or "double" or "string" or "opaque":
                return token.Text;
            case "struct" or "enum" or "union":
                if (Current.Text == "{")
                    throw new SyntaxException(token.Position, $"A {token.Text} inside a declaration is not supported; define it by name.");
                return TakeName();
            default:
                RefuseKeyword(token);
                return token.Text;
        }
    }

    private string ParseUnsigned()
    {
        if (Current.Text is not ("int" or "hyper" or "short" or "char"))
            return "uint";
        string type = "u" + Current.Text;
        _next++;
        return type;
    }

    private string TakeName()
    {
        Token token = TakeIdentifier("a name");
        RefuseKeyword(token);
        return token.Text;
    }

    private string TakeValue()
    {
        Token token = Current;
        if (token.Kind == TokenKind.Identifier)
            return TakeName();
        if (token.Kind != TokenKind.Number)
            throw new SyntaxException(token.Position, $"Expected a number or the name of a constant but found {token}.");
        _next++;
        return token.Text;
    }

    private Token TakeIdentifier(string what)
    {
        Token token = Current;
        if (token.Kind != TokenKind.Identifier)
            throw new SyntaxException(token.Position, $"Expected {what} but found {token}.");
        _next++;
        return token;
    }

    private static void RefuseKeyword(Token token)
    {
        if (Keywords.Contains(token.Text))
            throw new SyntaxException(token.Position, $"Expected a name but found the keyword {token}.");
    }

    private void Expect(string text)
    {
        if (!TryTake(text))
            throw new SyntaxException(Current.Position, $"Expected '{text}' but found {Current}.");
    }

    private void ExpectKeyword(string keyword)
    {
        if (!TryTakeKeyword(keyword))
            throw new SyntaxException(Current.Position, $"Expected '{keyword}' but found {Current}.");
    }

    private bool TryTake(string text) => TryTake(TokenKind.Punctuation, text);

    private bool TryTakeKeyword(string keyword) => TryTake(TokenKind.Identifier, keyword);

    private bool TryTake(TokenKind kind, string text)
    {
        if (Current.Kind != kind || Current.Text != text)
            return false;
        _next++;
        return true;
    }
}
