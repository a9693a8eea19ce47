using Libvirt.Protocol.Generator.Idl;

namespace Libvirt.Protocol.Generator.Tests;

public sealed class ParserTests
{
    [Fact]
    public void Constants_are_numbers_of_any_base_or_other_constants()
    {
        IReadOnlyList<Definition> file = Parse("const A = 16; const B = 0x20008086; const C = -1; const D = A;");
        Assert.Equal(["16", "0x20008086", "-1", "A"], file.Cast<ConstDefinition>().Select(c => c.Value));
    }

    [Fact]
    public void A_struct_has_fields_of_every_shape()
    {
        StructDefinition type = Single<StructDefinition>("""
            struct s {
                int a; unsigned int b; unsigned c; hyper d; unsigned hyper e; short f; unsigned short g; char h; unsigned char i;
                bool j; float k; double l; string m<10>; opaque n<LIMIT>; opaque o[16]; char p<>; other *q; struct other r; other t<5>; other u[6];
            };
            """);
        Assert.Equal(
            ["int", "uint", "uint", "hyper", "uhyper", "short", "ushort", "char", "uchar", "bool", "float", "double", "string", "opaque", "opaque", "char", "other", "other", "other", "other"],
            type.Fields.Select(f => f.Type));
        Assert.Equal(DeclarationShape.Optional, type.Fields[16].Shape);
        Assert.Equal((DeclarationShape.Variable, "10"), (type.Fields[12].Shape, type.Fields[12].Size));
        Assert.Equal((DeclarationShape.Variable, "LIMIT"), (type.Fields[13].Shape, type.Fields[13].Size));
        Assert.Equal((DeclarationShape.Fixed, "16"), (type.Fields[14].Shape, type.Fields[14].Size));
        Assert.Equal((DeclarationShape.Variable, ""), (type.Fields[15].Shape, type.Fields[15].Size));
    }

    [Fact]
    public void A_union_has_arms_with_one_or_more_cases_and_may_have_a_default()
    {
        UnionDefinition union = Single<UnionDefinition>("""
            union u switch (int type) {
              case A: case B: int i;
              case 3: void;
              default: string s<5>;
            };
            """);
        Assert.Equal("type", union.Discriminant.Name);
        Assert.Equal(["A", "B"], union.Arms[0].Cases);
        Assert.Null(union.Arms[1].Declaration);
        Assert.Empty(union.Arms[2].Cases);
    }

    [Fact]
    public void A_typedef_names_what_it_declares()
    {
        TypedefDefinition type = Single<TypedefDefinition>("typedef nonnull *optional;");
        Assert.Equal("optional", type.Name);
        Assert.Equal(DeclarationShape.Optional, type.Declaration.Shape);
    }

    [Fact]
    public void An_enum_member_keeps_the_comment_right_in_front_of_it()
    {
        EnumDefinition procedures = Single<EnumDefinition>("""
            enum remote_procedure {
                /* What the annotations mean. @generate: none|both */
                /**
                 * @generate: both
                 * @priority: high
                 * @acl: domain:read
                 * @acl: domain:write:VIR_FLAG
                 */
                REMOTE_PROC_A = 1,

                /** @readstream: 2
                  * @sparseflag: VIR_SPARSE */
                REMOTE_PROC_B = 2
            };
            """);
        Annotations first = Annotations.Parse(procedures.Members[0]);
        Assert.Equal("high", first.One("priority"));
        Assert.Equal(["domain:read", "domain:write:VIR_FLAG"], first.All("acl"));
        Annotations second = Annotations.Parse(procedures.Members[1]);
        Assert.Equal("2", second.One("readstream"));
        Assert.Equal("VIR_SPARSE", second.One("sparseflag"));
        Assert.Null(second.One("priority"));
    }

    [Fact]
    public void Comments_and_lines_for_the_C_compiler_are_skipped()
    {
        IReadOnlyList<Definition> file = Parse("""
            /* one */ // two
            %#include "internal.h"
              %#define X {
            const A = /* here too */ 1;
            """);
        Assert.Equal("A", Assert.Single(file).Name);
    }

    [Theory]
    [InlineData("const A 1;", 1, 9, "Expected '='")]
    [InlineData("const A = ;", 1, 11, "a number or the name")]
    [InlineData("const A = 12x;", 1, 11, "is not a number")]
    [InlineData("const A = 0x;", 1, 11, "is not a number")]
    [InlineData("struct s {\n  int a\n};", 3, 1, "Expected ';'")]
    [InlineData("struct s {\n  int a;\n", 3, 1, "the end of the file")]
    [InlineData("struct s { int struct; };", 1, 16, "keyword")]
    [InlineData("struct s { string a; };", 1, 12, "string name<LIMIT>")]
    [InlineData("struct s { opaque a; };", 1, 12, "opaque name")]
    [InlineData("struct s { struct { int a; } b; };", 1, 12, "not supported")]
    [InlineData("enum e { A = 1, };", 1, 17, "an enum member")]
    [InlineData("union u switch int x { };", 1, 16, "Expected '('")]
    [InlineData("union u switch (int x) { int i; };", 1, 26, "Expected 'case'")]
    [InlineData("program p { } = 1;", 1, 1, "Expected const, enum, struct, union or typedef")]
    [InlineData("const A = 1;\n  /* no end", 2, 3, "does not end")]
    [InlineData("const A = 1; $", 1, 14, "'$'")]
    [InlineData("typedef 5 x;", 1, 9, "Expected a type")]
    public void A_mistake_is_named_with_its_line_and_column(string text, int line, int column, string says)
    {
        SyntaxException error = Assert.Throws<SyntaxException>(() => Parse(text));
        Assert.Equal(new SourcePosition("test.x", line, column), error.Position);
        Assert.StartsWith($"test.x({line},{column}): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_annotation_that_nobody_knows_is_a_mistake()
    {
        EnumDefinition procedures = Single<EnumDefinition>("enum p_procedure { /** @colour: red */ P_PROC_A = 1 };");
        Assert.Contains("@colour", Assert.Throws<SyntaxException>(() => Annotations.Parse(procedures.Members[0])).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Definition> Parse(string text) => Parser.Parse("test.x", text);

    private static T Single<T>(string text)
        where T : Definition => Assert.IsType<T>(Assert.Single(Parse(text)));
}
