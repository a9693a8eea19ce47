using Akka.Actor;
using ControlPlane.Views;
using Libvirt.Streams;

namespace ControlPlane.Simulated;

/// <summary>Tells the control plane how far a transfer has come; each quarter is a happening.</summary>
internal sealed class TransferMeter(IActorRef controlPlane, string what, Action<string> tell) : IProgress<TransferProgress>
{
    private int _quarters;

    public void Report(TransferProgress value)
    {
        double done = value.Total is > 0 and long total ? (double)value.Bytes / total : 0;
        controlPlane.Tell(new TransferView(what, done, $"{done * 100:0}% {value.BytesPerSecond / (1 << 20):0.0} MiB/s"));
        if ((int)(done * 4) <= _quarters)
            return;
        _quarters = (int)(done * 4);
        tell($"{value.Bytes >> 20} MiB, {done * 100:0}%");
    }
}
