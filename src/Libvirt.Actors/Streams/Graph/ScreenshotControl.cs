namespace Libvirt.Streams;

/// <summary>One screenshot by a source.</summary>
public sealed class ScreenshotControl : TransferControl
{
    private readonly TaskCompletionSource<string?> _mimeType = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ScreenshotControl()
    {
    }

    /// <summary>
    /// The picture's format as the driver names it, such as <c>image/png</c>; null where it does not. Known before the first element; fails, or is canceled, with
    /// the source if the daemon takes no picture.
    /// </summary>
    public Task<string?> MimeType => _mimeType.Task;

    internal void Took(string? mimeType) => _mimeType.TrySetResult(mimeType);

    internal override void End(Exception? error)
    {
        if (error is null or OperationCanceledException)
        {
            _mimeType.TrySetCanceled();
        }
        else if (_mimeType.TrySetException(error))
        {
            _ = _mimeType.Task.Exception;
        }

        base.End(error);
    }
}
