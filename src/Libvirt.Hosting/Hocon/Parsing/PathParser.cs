using System.Text;
using Libvirt.Hosting.Hocon.Syntax;

namespace Libvirt.Hosting.Hocon.Parsing;

/// <summary>Parses a path such as <c>a.b."c.d"</c>: the key of a field, or what a substitution names.</summary>
internal static class PathParser
{
    public static List<string> Parse(TokenReader reader)
    {
        reader.SkipWhitespace();
        HoconPosition start = reader.Position;
        List<string> path = [];
        StringBuilder element = new();
        StringBuilder space = new();
        bool quoted = false;
        bool any = false;
        while (reader.Kind is TokenKind.Quoted or TokenKind.Unquoted or TokenKind.Whitespace)
        {
            Token token = reader.Take();
            if (token.Kind == TokenKind.Whitespace)
            {
                space.Append(token.Text);
                continue;
            }

            // Space counts within a key, not at its ends.
            any = true;
            element.Append(space);
            space.Clear();
            if (token.Kind == TokenKind.Quoted)
            {
                quoted = true;
                element.Append(token.Text);
                continue;
            }

            string[] pieces = token.Text.Split('.');
            element.Append(pieces[0]);
            foreach (string piece in pieces.AsSpan(1))
            {
                Finish(reader.PositionOf(token));
                element.Append(piece);
            }
        }

        if (!any)
            throw reader.Unexpected("a key should be");
        Finish(start);
        return path;

        void Finish(HoconPosition position)
        {
            if (element.Length == 0 && !quoted)
                throw new HoconException(position, "the path has an empty part; a dot that belongs to a key goes between quotes");
            if (path.Count >= HoconLimits.MaxDepth)
                throw new HoconException(position, $"the path has more than {HoconLimits.MaxDepth} parts");
            path.Add(element.ToString());
            element.Clear();
            quoted = false;
        }
    }
}
