namespace Libvirt.Protocol.Generator.Idl;

/// <summary>A recursive-descent parser of the XDR language (RFC 4506) as libvirt writes it.</summary>
public sealed partial class Parser
{
    private readonly IReadOnlyList<Token> _tokens;
    private int _next;

    private Parser(IReadOnlyList<Token> tokens)
    {
        _tokens = tokens;
    }

    private Token Current => _tokens[_next];

    /// <summary>Parses a whole description.</summary>
    /// <param name="file">The name that errors give.</param>
    /// <param name="text">The description.</param>
    /// <exception cref="SyntaxException">It is not XDR; the text names file, line and column.</exception>
    public static IReadOnlyList<Definition> Parse(string file, string text)
    {
        Parser parser = new(Lexer.Tokenize(file, text));
        List<Definition> definitions = [];
        while (parser.Current.Kind != TokenKind.End)
            definitions.Add(parser.ParseDefinition());
        return definitions;
    }

    private Definition ParseDefinition()
    {
        Token keyword = TakeIdentifier("a definition");
        Definition definition = keyword.Text switch
        {
            "const" => ParseConst(keyword.Position),
            "enum" => ParseEnum(keyword.Position),
            "struct" => ParseStruct(keyword.Position),
            "union" => ParseUnion(keyword.Position),
            "typedef" => new TypedefDefinition(ParseDeclaration()),
            _ => throw new SyntaxException(keyword.Position, $"Expected const, enum, struct, union or typedef but found {keyword}."),
        };
        Expect(";");
        return definition;
    }

    private ConstDefinition ParseConst(SourcePosition position)
    {
        string name = TakeName();
        Expect("=");
        return new ConstDefinition(name, TakeValue(), position);
    }

    private EnumDefinition ParseEnum(SourcePosition position)
    {
        string name = TakeName();
        List<EnumMember> members = [];
        Expect("{");
        do
        {
            Token member = TakeIdentifier("an enum member");
            Expect("=");
            members.Add(new EnumMember(member.Text, TakeValue(), member.Comment, member.Position));
        }
        while (TryTake(","));
        Expect("}");
        return new EnumDefinition(name, members, position);
    }

    private StructDefinition ParseStruct(SourcePosition position)
    {
        string name = TakeName();
        List<Declaration> fields = [];
        Expect("{");
        while (!TryTake("}"))
        {
            fields.Add(ParseDeclaration());
            Expect(";");
        }

        return new StructDefinition(name, fields, position);
    }

    private UnionDefinition ParseUnion(SourcePosition position)
    {
        string name = TakeName();
        ExpectKeyword("switch");
        Expect("(");
        Declaration discriminant = ParseDeclaration();
        Expect(")");
        Expect("{");
        List<UnionArm> arms = [];
        while (!TryTake("}"))
            arms.Add(ParseArm());
        return new UnionDefinition(name, discriminant, arms, position);
    }

    private UnionArm ParseArm()
    {
        SourcePosition position = Current.Position;
        List<string> cases = [];
        if (TryTakeKeyword("default"))
        {
            Expect(":");
        }
        else
        {
            ExpectKeyword("case");
            do
            {
                cases.Add(TakeValue());
                Expect(":");
            }
            while (TryTakeKeyword("case"));
        }

        Declaration? declaration = TryTakeKeyword("void") ? null : ParseDeclaration();
        Expect(";");
        return new UnionArm(cases, declaration, position);
    }
}
