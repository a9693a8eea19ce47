namespace Libvirt.Hosting.Hocon.Text;

// What may stand beside what.
internal sealed partial class HoconScanner
{
    private void Begin(Content content) => Begin(content, _index);

    private void Begin(Content content, int start)
    {
        RefuseAfterEnd();
        if (_now.IsWaiting)
            EndStatement();
        if (InValue)
            RefuseBeside(content, start);
        else if (_now.Last is Content.Object or Content.List)
            throw Malformed(start, "two settings on one line need a comma between them");
        else if ((_now.Last == Content.Quoted && _text[start] != '.') || (content == Content.Quoted && _now.Last != Content.Nothing && _text[start - 1] != '.'))
            throw Malformed(start, "the parts of a key are separated by dots");
        if (_now.Key < 0)
        {
            _now.Key = start;
            _now.OutputBefore = _output.Length;
        }

        _now.Last = content;
    }

    // Objects merge with objects, and lists are joined to lists; Akka's parser drops other values beside them.
    private void RefuseBeside(Content next, int start)
    {
        bool isRefused = (_now.Last, next) switch
        {
            (Content.Nothing, _) => false,
            (Content.Object, Content.Object) => false,
            (Content.List or Content.Reference, Content.List) => false,
            (Content.List, Content.Reference) => false,
            (Content.Object or Content.List, _) => true,
            (_, Content.Object or Content.List) => true,
            _ => false,
        };
        if (isRefused)
            throw Malformed(start, "an object or a list cannot stand beside another value; two settings on one line need a comma between them");
    }

    private void CheckPath(int start, int end)
    {
        ReadOnlySpan<char> plain = _text.AsSpan(start, end - start);
        if (plain.Count('.') > HoconLimits.MaxDepth)
            throw Malformed(start, $"a key has more than {HoconLimits.MaxDepth} parts");
        if (!InValue && (plain.IndexOf("..") >= 0 || (plain[0] == '.' && (_now.Key == start || _text[start - 1] == '.'))))
            throw Malformed(start, "a part of the key is empty");
    }

    private void RefuseOpenPath()
    {
        if (_now.Last == Content.Plain && _output.ToString(_now.OutputBefore, _output.Length - _now.OutputBefore).TrimEnd().EndsWith('.'))
            throw Malformed(_now.Key, "a part of the key is empty");
    }

    private void RefuseAfterEnd()
    {
        if (_hasEnded)
            throw Malformed(_index, "the text should end with its last '}'");
    }

    private bool IsComment(int index) => _text[index] == '#' || (_text[index] == '/' && index + 1 < _text.Length && _text[index + 1] == '/');

    private int End(int index) => index < 0 ? _text.Length : index;

    private void Copy(int length)
    {
        _output.Append(_text, _index, length);
        _index += length;
    }

    private HoconException Malformed(int index, string problem) => new(_scope.At(index), problem);
}
