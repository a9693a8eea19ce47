using System.ComponentModel;
using System.Diagnostics;

namespace Libvirt.Transports;

/// <summary>
/// Bytes over the standard input and output of a program, such as ssh. Owns the process: it is killed with its children when the transport is
/// disposed, and its input ends with ours. What the program says on its standard error tells why the connection ended.
/// </summary>
internal sealed class ProcessTransport : IByteTransport
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly ProcessEndpoint _endpoint;
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly StandardError _error;
    private readonly CancellationTokenSource _disposed = new();

    private ProcessTransport(ProcessEndpoint endpoint, Process process)
    {
        _endpoint = endpoint;
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _error = new StandardError(process.StandardError.BaseStream);
    }

    /// <summary>Starts the program. Whether it reaches the daemon shows by what comes back.</summary>
    /// <exception cref="LibvirtConnectException">The program was not found, or cannot be started.</exception>
    public static ProcessTransport Start(ProcessEndpoint endpoint)
    {
        ProcessStartInfo info = new(ProgramPath.Resolve(endpoint.Program))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in endpoint.Arguments)
            info.ArgumentList.Add(argument);
        try
        {
            return new ProcessTransport(endpoint, Process.Start(info)!);
        }
        catch (Win32Exception error)
        {
            throw new LibvirtConnectException(ConnectFailure.TunnelFailed, $"The program '{endpoint.Program}' cannot be started: {error.Message}.", error);
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        int count = await _output.ReadAsync(buffer).ConfigureAwait(false);
        return count > 0 || buffer.Length == 0 ? count : throw await ExplainEndAsync(null).ConfigureAwait(false);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        ValueTask write = _input.WriteAsync(bytes);
        return write.IsCompletedSuccessfully ? write : AwaitAsync(write);
    }

    public void Dispose()
    {
        lock (_disposed)
        {
            if (_disposed.IsCancellationRequested)
                return;
            _disposed.Cancel();
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or AggregateException or Win32Exception)
        {
            // Gone already, or with a child that is another user's by now: the end of its input tells that one.
        }

        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
        _process.Dispose();
    }

    private async ValueTask AwaitAsync(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw await ExplainEndAsync(error).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the program a moment to say and do its last.</summary>
    private async ValueTask<Exception> ExplainEndAsync(Exception? cause)
    {
        using CancellationTokenSource moment = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        moment.CancelAfter(LastWords);
        try
        {
            await _process.WaitForExitAsync(moment.Token).ConfigureAwait(false);
            // A child that went to the background, such as a shared ssh connection, may keep the pipe open.
            await _error.Completion.WaitAsync(moment.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException)
        {
            if (_disposed.IsCancellationRequested)
                return new ObjectDisposedException(nameof(ProcessTransport));
        }

        return TunnelFailures.Explain(_endpoint, ExitCode(), _error.Text, cause);
    }

    private int? ExitCode()
    {
        try
        {
            return _process.HasExited ? _process.ExitCode : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
