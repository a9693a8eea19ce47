using Akka.Streams;
using Akka.Streams.Stage;

namespace Libvirt.Streams;

/// <summary>A sink that writes element by element. It requests the next one when the socket has accepted all before the last one.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TControl">What it materialises to.</typeparam>
/// <param name="name">The stage's name in graphs.</param>
/// <param name="create">Makes the control of one materialisation.</param>
/// <param name="open">Makes the writer of one materialisation, whose steps end soon when the token fires.</param>
internal sealed class WritingStage<T, TControl>(string name, Func<TControl> create, Func<TControl, CancellationToken, IElementWriter<T>> open)
    : GraphStageWithMaterializedValue<SinkShape<T>, TControl>
    where TControl : StreamControl
{
    private readonly Inlet<T> _in = new($"{name}.in");

    public override SinkShape<T> Shape => field ??= new SinkShape<T>(_in);

    protected override Attributes InitialAttributes => Attributes.CreateName(name);

    public override ILogicAndMaterializedValue<TControl> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        TControl control = create();
        return new LogicAndMaterializedValue<TControl>(new Logic(this, control), control);
    }

    private IElementWriter<T> Open(TControl control, CancellationToken cancellationToken) => open(control, cancellationToken);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly WritingStage<T, TControl> _stage;
        private readonly TControl _control;
        private readonly StageStep _step;
        private readonly CancellationTokenSource _stopped = new();
        private readonly IElementWriter<T> _writer;
        private CancellationTokenRegistration _abort;
        private Exception? _outcome = StageOutcome.Stopped;
        private bool _isWriting;
        private bool _isCompleting;
        private bool _hasAll;

        public Logic(WritingStage<T, TControl> stage, TControl control)
            : base(stage.Shape)
        {
            _stage = stage;
            _control = control;
            _step = new StageStep(GetAsyncCallback(AfterStep));
            _writer = stage.Open(control, _stopped.Token);
            SetHandler(stage._in, this);
        }

        public override void PreStart()
        {
            // It still writes when its only port has closed.
            SetKeepGoing(true);
            Action aborted = GetAsyncCallback(() => Fail(StageOutcome.Aborted()));
            _abort = _control.Aborted.UnsafeRegister(static aborted => ((Action)aborted!)(), aborted);
            Pull(_stage._in);
        }

        public override void OnPush()
        {
            _isWriting = true;
            Step(_writer.WriteAsync(Grab(_stage._in)));
        }

        public override void OnUpstreamFinish()
        {
            _hasAll = true;
            if (!_isWriting)
                Complete();
        }

        public override void OnUpstreamFailure(Exception e) => Fail(e);

        public override void PostStop()
        {
            _abort.Dispose();
            _stopped.Cancel();
            _step.Abandon(() => _ = EndAsync());
        }

        private void Complete()
        {
            _isCompleting = true;
            Step(_writer.CompleteAsync());
        }

        private void Step(ValueTask<bool> step)
        {
            if (_step.Begin(step))
                AfterStep();
        }

        private void AfterStep()
        {
            _isWriting = false;
            bool wantsMore;
            try
            {
                wantsMore = _step.Result();
            }
            catch (Exception error)
            {
                Fail(error);
                return;
            }

            if (_isCompleting)
            {
                _outcome = null;
                CompleteStage();
            }
            else if (_hasAll)
            {
                Complete();
            }
            else if (wantsMore)
            {
                Pull(_stage._in);
            }
            else
            {
                Cancel(_stage._in);
                Complete();
            }
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
                await _writer.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                error ??= failure;
            }

            _control.End(error);
        }
    }
}
