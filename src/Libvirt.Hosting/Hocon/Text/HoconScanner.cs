using System.Text;

namespace Libvirt.Hosting.Hocon.Text;

/// <summary>
/// Prepares a text for Akka's HOCON parser. That parser misreads much malformed text in silence, and loops without end or overflows the stack for some: the
/// scanner refuses what is malformed, with its position. It removes comments, and replaces references by placeholders or by the environment variable.
/// </summary>
internal sealed partial class HoconScanner
{
    private const string NeverPlain = "?!@*&\\^`";

    private readonly string _text;
    private readonly HoconScope _scope;
    private readonly ReferenceTable _references;
    private readonly StringBuilder _output = new();
    private readonly Stack<(char Bracket, int Index, Statement Statement)> _open = new();
    private Statement _now = new();
    private int _index;
    private bool _hasRootBraces;
    private bool _hasEnded;

    private HoconScanner(HoconScope scope, ReferenceTable references)
    {
        _text = scope.Text;
        _scope = scope;
        _references = references;
    }

    private bool InList => _open.TryPeek(out (char Bracket, int, Statement) innermost) && innermost.Bracket == '[';

    private bool InValue => InList || _now.IsAssigned;

    /// <summary>The text as Akka's parser can read it.</summary>
    /// <exception cref="HoconException">The text is malformed.</exception>
    public static string Scan(HoconScope scope, ReferenceTable references) => new HoconScanner(scope, references).Scan();

    private string Scan()
    {
        while (_index < _text.Length)
            ScanNext(_text[_index]);
        EndStatement();
        if (_open.TryPeek(out (char Bracket, int Index, Statement) unclosed))
            throw Malformed(unclosed.Index, $"the '{unclosed.Bracket}' is never closed");
        // Akka's parser does not recognise some tokens at the very end.
        return _output.Append('\n').ToString();
    }

    private void ScanNext(char next)
    {
        if (next == '\n')
            EndLine();
        else if (char.IsWhiteSpace(next))
            Copy(1);
        else if (IsComment(_index))
            _index = End(_text.IndexOf('\n', _index));
        else if (next == '"')
            ScanQuoted();
        else if (next == '$')
            ScanReference();
        else if (next is '{' or '[')
            Open(next);
        else if (next is '}' or ']')
            Close(next);
        else if (next == ',')
            ScanComma();
        else if (next is '=' or ':')
            Assign(next);
        else
            ScanPlain();
    }

    private void EndLine()
    {
        Copy(1);
        if (InList)
            return;
        if (_now.LacksValue && !_now.IsAssigned)
            _now.IsWaiting = true;
        else
            EndStatement();
    }

    private void EndStatement()
    {
        if (!InList && _now.LacksValue)
            throw Malformed(_now.Key, "the setting has no value");
        _now = new Statement();
    }

    private void ScanComma()
    {
        if (_now.Last == Content.Nothing)
            throw Malformed(_index, "there is nothing before the comma");
        bool inList = InList;
        EndStatement();
        _index++;
        // Akka's parser does not accept a comma after every kind of setting; a new line is the same.
        _output.Append(inList ? ',' : '\n');
    }

    private void Assign(char sign)
    {
        if (InValue)
            throw Malformed(_index, $"'{sign}' may stand only in a quoted string; two settings on one line need a comma between them");
        if (_now.IsWaiting)
            EndStatement();
        if (_now.Last is not (Content.Plain or Content.Quoted))
            throw Malformed(_index, "a setting is expected here");
        if (_text[_index - 1] == '+')
            throw Malformed(_index - 1, "'+=' is not supported");
        RefuseOpenPath();
        _now.IsAssigned = true;
        _now.Last = Content.Nothing;
        Copy(1);
    }

    private void Open(char bracket)
    {
        if (_open.Count >= HoconLimits.MaxDepth)
            throw Malformed(_index, $"objects and lists are nested more than {HoconLimits.MaxDepth} deep");
        bool isRoot = bracket == '{' && !_hasRootBraces && _open.Count == 0 && !InValue && _now.Last == Content.Nothing && _output.ToString().AsSpan().IsWhiteSpace();
        if (isRoot)
            _hasRootBraces = true;
        else if (InValue)
            RefuseBeside(bracket == '{' ? Content.Object : Content.List, _index);
        else if (bracket == '[' || _now.Last is not (Content.Plain or Content.Quoted))
            throw Malformed(_index, "a setting is expected here");
        else
            RefuseOpenPath();
        _now.IsWaiting = false;
        _now.Last = bracket == '{' ? Content.Object : Content.List;
        _open.Push((bracket, _index, _now));
        _now = new Statement();
        Copy(1);
    }

    private void Close(char bracket)
    {
        if (!_open.TryPeek(out (char Bracket, int, Statement) innermost))
            throw Malformed(_index, $"'{bracket}' closes nothing");
        if (innermost.Bracket != (bracket == '}' ? '{' : '['))
            throw Malformed(_index, $"'{bracket}' does not close the '{innermost.Bracket}' before it");
        EndStatement();
        _now = _open.Pop().Statement;
        _hasEnded = _hasRootBraces && _open.Count == 0;
        Copy(1);
    }
}
