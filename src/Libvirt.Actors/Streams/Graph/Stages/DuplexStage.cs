using Akka.Streams;
using Akka.Streams.Stage;

namespace Libvirt.Streams;

/// <summary>
/// A console or channel as a flow: what arrives goes to the guest, what the guest sends is pushed. Reading and writing do not wait for each other. It is
/// attached when the graph starts, and ends when the guest's side or the downstream does; the end of its input only ends the writing.
/// </summary>
/// <param name="name">The stage's name in graphs.</param>
/// <param name="open">Attaches to it.</param>
internal sealed class DuplexStage(string name, Func<CancellationToken, ValueTask<LibvirtStream>> open)
    : GraphStageWithMaterializedValue<FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>, ConsoleControl>
{
    private readonly Inlet<ReadOnlyMemory<byte>> _in = new($"{name}.in");
    private readonly Outlet<ReadOnlyMemory<byte>> _out = new($"{name}.out");

    public override FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Shape =>
        field ??= new FlowShape<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>(_in, _out);

    protected override Attributes InitialAttributes => Attributes.CreateName(name);

    public override ILogicAndMaterializedValue<ConsoleControl> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        ConsoleControl control = new();
        return new LogicAndMaterializedValue<ConsoleControl>(new Logic(this, control), control);
    }

    private ValueTask<LibvirtStream> OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);

    private sealed class Logic : InAndOutGraphStageLogic
    {
        private readonly DuplexStage _stage;
        private readonly ConsoleControl _control;
        private readonly StageStep _opening;
        private readonly StageStep _reading;
        private readonly StageStep _writing;
        private readonly CancellationTokenSource _stopped = new();
        private CancellationTokenRegistration _abort;
        private LibvirtStream? _stream;
        private IAsyncEnumerator<ReadOnlyMemory<byte>>? _received;
        private Exception? _outcome = StageOutcome.Stopped;
        private int _running;
        private int _writtenBytes;

        public Logic(DuplexStage stage, ConsoleControl control)
            : base(stage.Shape)
        {
            _stage = stage;
            _control = control;
            _opening = new StageStep(GetAsyncCallback(AfterOpening));
            _reading = new StageStep(GetAsyncCallback(AfterRead));
            _writing = new StageStep(GetAsyncCallback(AfterWrite));
            SetHandler(stage._in, this);
            SetHandler(stage._out, this);
        }

        public override void PreStart()
        {
            Action aborted = GetAsyncCallback(() => Fail(StageOutcome.Aborted()));
            _abort = _control.Aborted.UnsafeRegister(static aborted => ((Action)aborted!)(), aborted);
            if (_opening.Begin(OpenAsync()))
                AfterOpening();
        }

        public override void OnPull()
        {
            if (_received is not null)
                Read();
        }

        public override void OnPush()
        {
            ReadOnlyMemory<byte> data = Grab(_stage._in);
            _writtenBytes = data.Length;
            if (_writing.Begin(PortSteps.WriteAsync(_stream!.Port, data, _stopped.Token)))
                AfterWrite();
        }

        // A console has no end of its input: what the guest shows still comes.
        public override void OnUpstreamFinish()
        {
        }

        public override void OnUpstreamFailure(Exception e) => Fail(e);

        public override void OnDownstreamFinish(Exception cause)
        {
            _outcome = StageOutcome.OfCancellation(cause);
            base.OnDownstreamFinish(cause);
        }

        public override void PostStop()
        {
            _abort.Dispose();
            _stopped.Cancel();
            _running = 3;
            _opening.Abandon(EndIfLast);
            _reading.Abandon(EndIfLast);
            _writing.Abandon(EndIfLast);
        }

        private async ValueTask<bool> OpenAsync()
        {
            _stream = await _stage.OpenAsync(_stopped.Token).ConfigureAwait(false);
            return true;
        }

        private void AfterOpening()
        {
            if (!TryTake(_opening, out _))
                return;
            _control.Open(_stream!);
            _received = PortSteps.ReadAllAsync(_stream!.Port, _stopped.Token).GetAsyncEnumerator(_stopped.Token);
            if (!IsClosed(_stage._in))
                Pull(_stage._in);
            if (IsAvailable(_stage._out))
                Read();
        }

        private void Read()
        {
            if (_reading.Begin(_received!.MoveNextAsync()))
                AfterRead();
        }

        private void AfterRead()
        {
            if (!TryTake(_reading, out bool any))
                return;
            if (any)
            {
                _control.Received(_received!.Current.Length);
                Push(_stage._out, _received.Current);
            }
            else
            {
                _outcome = null;
                CompleteStage();
            }
        }

        private void AfterWrite()
        {
            if (!TryTake(_writing, out _))
                return;
            _control.Sent(_writtenBytes);
            if (!HasBeenPulled(_stage._in) && !IsClosed(_stage._in))
                Pull(_stage._in);
        }

        /// <summary>The result of a step that has ended; false when it failed, and the stage with it.</summary>
        private bool TryTake(StageStep step, out bool result)
        {
            try
            {
                result = step.Result();
                return true;
            }
            catch (Exception error)
            {
                Fail(error);
                result = false;
                return false;
            }
        }

        private void Fail(Exception error)
        {
            _outcome = error;
            FailStage(error);
        }

        private void EndIfLast()
        {
            if (Interlocked.Decrement(ref _running) == 0)
                _ = EndAsync();
        }

        private async Task EndAsync()
        {
            if (_received is not null)
                await _received.DisposeAsync().ConfigureAwait(false);
            if (_stream is not null)
                await _stream.DisposeAsync().ConfigureAwait(false);
            _control.End(_outcome);
        }
    }
}
