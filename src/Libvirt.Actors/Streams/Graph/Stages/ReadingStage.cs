using Akka.Streams;
using Akka.Streams.Stage;

namespace Libvirt.Streams;

/// <summary>A source of what is read step by step. It holds nothing: it reads when there is demand, and what is read is pushed at once.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TControl">What it materialises to.</typeparam>
/// <param name="name">The stage's name in graphs.</param>
/// <param name="create">Makes the control of one materialisation.</param>
/// <param name="read">Reads for one materialisation; ends soon when the token fires, and leaves nothing behind when its enumerator is disposed.</param>
/// <param name="begin">Whether the reading begins with the graph, so that one element may wait for demand, or with the first demand.</param>
internal sealed class ReadingStage<T, TControl>(
    string name, Func<TControl> create, Func<TControl, CancellationToken, IAsyncEnumerable<T>> read, ReadingBegin begin = ReadingBegin.WithDemand)
    : GraphStageWithMaterializedValue<SourceShape<T>, TControl>
    where TControl : StreamControl
{
    private readonly Outlet<T> _out = new($"{name}.out");
    private readonly ReadingBegin _begin = begin;

    public override SourceShape<T> Shape => field ??= new SourceShape<T>(_out);

    protected override Attributes InitialAttributes => Attributes.CreateName(name);

    public override ILogicAndMaterializedValue<TControl> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        TControl control = create();
        return new LogicAndMaterializedValue<TControl>(new Logic(this, control), control);
    }

    private IAsyncEnumerator<T> Read(TControl control, CancellationToken cancellationToken) =>
        read(control, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly ReadingStage<T, TControl> _stage;
        private readonly TControl _control;
        private readonly StageStep _step;
        private readonly CancellationTokenSource _stopped = new();
        private CancellationTokenRegistration _abort;
        private IAsyncEnumerator<T>? _elements;
        private Exception? _outcome = StageOutcome.Stopped;
        private bool _isReading;
        private bool _isHolding;

        public Logic(ReadingStage<T, TControl> stage, TControl control)
            : base(stage.Shape)
        {
            _stage = stage;
            _control = control;
            _step = new StageStep(GetAsyncCallback(AfterRead));
            SetHandler(stage._out, this);
        }

        public override void PreStart()
        {
            Action aborted = GetAsyncCallback(() => Fail(StageOutcome.Aborted()));
            _abort = _control.Aborted.UnsafeRegister(static aborted => ((Action)aborted!)(), aborted);
            if (_stage._begin == ReadingBegin.AtOnce)
                Read();
        }

        public override void OnPull()
        {
            if (_isHolding)
                Push();
            else if (!_isReading)
                Read();
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            _outcome = StageOutcome.OfCancellation(cause);
            base.OnDownstreamFinish(cause);
        }

        public override void PostStop()
        {
            _abort.Dispose();
            _stopped.Cancel();
            _step.Abandon(() => _ = EndAsync());
        }

        private void Read()
        {
            _isReading = true;
            _elements ??= _stage.Read(_control, _stopped.Token);
            if (_step.Begin(_elements.MoveNextAsync()))
                AfterRead();
        }

        private void AfterRead()
        {
            _isReading = false;
            try
            {
                _isHolding = _step.Result();
            }
            catch (Exception error)
            {
                Fail(error);
                return;
            }

            if (!_isHolding)
            {
                _outcome = null;
                CompleteStage();
            }
            else if (IsAvailable(_stage._out))
            {
                Push();
            }
        }

        private void Push()
        {
            _isHolding = false;
            Push(_stage._out, _elements!.Current);
        }

        private void Fail(Exception error)
        {
            _outcome = error;
            FailStage(error);
        }

        private async Task EndAsync()
        {
            Exception? error = _outcome;
            try
            {
                if (_elements is not null)
                    await _elements.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                error ??= failure;
            }

            _control.End(error);
        }
    }
}
