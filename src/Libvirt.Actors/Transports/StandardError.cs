using System.Text;

namespace Libvirt.Transports;

/// <summary>The end of what a program says on its standard error. Read as it comes, so that the program never waits for us.</summary>
internal sealed class StandardError : IDisposable
{
    private const int Kept = 4096;

    private readonly Stream _stream;
    private readonly StringBuilder _text = new();

    public StandardError(Stream stream)
    {
        _stream = stream;
        Completion = ReadAsync();
    }

    /// <summary>Completes when nothing more will come.</summary>
    public Task Completion { get; }

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString().Trim();
        }
    }

    public void Dispose() => _stream.Dispose();

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[Kept];
        try
        {
            int count;
            while ((count = await _stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
                Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe broke or was closed: there is nothing more to say.
        }
    }

    private void Append(string text)
    {
        lock (_text)
        {
            _text.Append(text);
            if (_text.Length > Kept)
                _text.Remove(0, _text.Length - Kept);
        }
    }
}
