using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Libvirt.Hosting.Hocon.Text;

// Keys and values.
internal sealed partial class HoconScanner
{
    private static readonly SearchValues<char> PlainEnd = SearchValues.Create(" \t\r\n\f\v\u00a0\"$[]{}:=,#?!@*&\\^`");

    private int _endOfEmptyString = -1;

    private void ScanPlain()
    {
        if (_text[_index] is var next && NeverPlain.Contains(next, StringComparison.Ordinal))
            throw Malformed(_index, $"'{next}' may stand only in a quoted string");
        if (!InValue && _now.Key < 0 && Include().Match(_text, _index) is { Success: true } include)
        {
            ScanInclude(include);
            return;
        }

        int start = _index;
        Begin(Content.Plain);
        int length = _text.AsSpan(start + 1).IndexOfAny(PlainEnd) + 1;
        int end = length == 0 ? _text.Length : start + length;
        int comment = _text.IndexOf("//", start, end - start, StringComparison.Ordinal);
        CheckPath(start, comment < 0 ? end : comment);
        Copy((comment < 0 ? end : comment) - start);
    }

    private void ScanInclude(Match include)
    {
        if (include.Groups["form"].Success)
            throw Malformed(_index, $"'include {include.Groups["form"].Value}(' is not supported; write: include \"file\"");
        RefuseAfterEnd();
        Copy(include.Length);
        ScanQuoted();
        // What follows on the line needs a comma, as behind an object.
        _now = new Statement { Last = Content.Object };
    }

    private void ScanQuoted()
    {
        int start = _index;
        bool isLong = _text.AsSpan(start).StartsWith("\"\"\"");
        if (isLong && !InValue)
            throw Malformed(start, "a key cannot be in three quotes");
        Begin(Content.Quoted);
        int end = isLong ? _text.IndexOf("\"\"\"", start + 3, StringComparison.Ordinal) + 3 : EndOfQuoted(start);
        if (end < start + 2)
            throw Malformed(start, "the string in three quotes is never closed");
        AppendQuoted(_text.AsSpan(start, end - start));
        _index = end;
    }

    // An empty string directly before another string would be read as the beginning of one in three quotes.
    private void AppendQuoted(ReadOnlySpan<char> quoted)
    {
        if (_endOfEmptyString == _output.Length)
            _output.Length -= 2;
        _output.Append(quoted);
        if (quoted.Length == 2)
            _endOfEmptyString = _output.Length;
    }

    private int EndOfQuoted(int start)
    {
        for (int i = start + 1; i < _text.Length && _text[i] != '\n'; i++)
        {
            if (_text[i] == '"')
                return i + 1;
            if (_text[i] != '\\')
                continue;
            if (!Escape().IsMatch(_text, i))
                throw Malformed(i, "the escape is unknown; a backslash is written \\\\");
            i++;
        }

        throw Malformed(start, "the string has no closing quote on its line");
    }

    private void ScanReference()
    {
        int start = _index;
        if (start + 1 >= _text.Length || _text[start + 1] != '{')
            throw Malformed(start, "'$' may stand only in a quoted string");
        Match reference = Reference().Match(_text, start);
        if (!reference.Success)
            throw Malformed(start, "the reference is malformed; write ${path.of.a.setting} or ${?VARIABLE}");
        if (!InValue)
            throw Malformed(start, "a key cannot be a reference");
        string path = reference.Groups["path"].Value;
        _index += reference.Length;
        if (reference.Groups["optional"].Success)
            ScanVariable(start, path);
        else
        {
            Begin(Content.Reference, start);
            AppendQuoted(_references.Add(new HoconReference(path, start, _scope)));
        }
    }

    // ${?VARIABLE}. A setting that consists of a variable that is not set keeps the value that it had before.
    private void ScanVariable(int start, string name)
    {
        if (!EnvironmentName().IsMatch(name))
            throw Malformed(start, "only an environment variable can be optional");
        string? value = Environment.GetEnvironmentVariable(name);
        if (value is null && _now.Last == Content.Nothing && EndsAt(_index))
        {
            if (!InList)
            {
                _output.Length = _now.OutputBefore;
                _now = new Statement();
            }

            SkipComma();
            return;
        }

        Begin(Content.Quoted, start);
        AppendQuoted(Quoted(value ?? ""));
    }

    private bool EndsAt(int index)
    {
        while (index < _text.Length && _text[index] is ' ' or '\t' or '\r')
            index++;
        return index >= _text.Length || _text[index] is '\n' or ',' or '}' or ']' || IsComment(index);
    }

    private void SkipComma()
    {
        int index = _index;
        while (index < _text.Length && _text[index] is ' ' or '\t')
            index++;
        if (index < _text.Length && _text[index] == ',')
            _index = index + 1;
    }

    private static string Quoted(string value)
    {
        StringBuilder quoted = new("\"");
        foreach (char letter in value)
            quoted.Append(letter is '"' or '\\' or < ' ' ? $"\\u{(int)letter:x4}" : letter.ToString());
        return quoted.Append('"').ToString();
    }

    // Include only at the start of a statement.
    [GeneratedRegex("""\Ginclude[ \t]+((?="[^"\n])|(?<form>[a-z]+)[ \t]*\()""", RegexOptions.ExplicitCapture)]
    private static partial Regex Include();

    [GeneratedRegex("""\G\\(["\\/bfnrt]|u[0-9a-fA-F]{4})""", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex("""\G\$\{(?<optional>\?)?(?<path>("[^"\n]+"|[\w-]+)(\.("[^"\n]+"|[\w-]+))*)\}""", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    internal static partial Regex EnvironmentName();
}
