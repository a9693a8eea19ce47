using Akka.Actor;
using ControlPlane.Views;
using Libvirt;

namespace ControlPlane.Actors;

/// <summary>One guest: its state, what it uses, and what happened to it last.</summary>
internal sealed class GuestActor : ReceiveActor
{
    private GuestView _view;
    private (ulong CpuTime, DateTimeOffset At)? _measured;

    public GuestActor(Guid uuid, string name)
    {
        _view = new GuestView(uuid, name);
        Receive<GuestEvent>(happened => Show(Settled(happened.State ?? _view.State) with { LastEvent = happened.Word, LastEventAt = DateTimeOffset.Now }));
        Receive<Measurement>(OnMeasurement);
    }

    private void OnMeasurement(Measurement measurement)
    {
        GuestView view = Settled(measurement.State) with { Memory = measurement.State == DomainState.Shutoff ? null : measurement.MemoryKiB / 1024 };
        if (measurement is { State: DomainState.Running, CpuTime: { } used })
        {
            DateTimeOffset now = DateTimeOffset.Now;
            if (_measured is { } before && used >= before.CpuTime && now > before.At)
                view = view.WithLoad((used - before.CpuTime) / ((now - before.At).TotalSeconds * 1e9 * Math.Max(1, measurement.Vcpus)));
            _measured = (used, now);
        }

        Show(view);
    }

    // A guest that does not run uses no CPU.
    private GuestView Settled(DomainState state)
    {
        if (state == DomainState.Running)
            return _view with { State = state };
        _measured = null;
        return _view with { State = state, Cpu = null };
    }

    private void Show(GuestView view)
    {
        _view = view;
        Context.Parent.Tell(view);
    }
}
