namespace Actors.Conformance;

/// <summary>Something a handler awaits until the scenario lets it go on, which it does before <see cref="Open"/> returns.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new();

    /// <summary>Completes when a handler has come to the gate.</summary>
    public Task Entered => _entered.Task;

    public void Open() => _opened.TrySetResult();

    public async ValueTask PassAsync()
    {
        _entered.TrySetResult();
        await _opened.Task.ConfigureAwait(false);
    }

    /// <summary>A message whose handler waits here.</summary>
    public Do Message() => new(_ => PassAsync());
}
