using Akka.Event;

namespace Libvirt.TestKit;

/// <summary>Stands in for Akka's logger to the console, to which the loggers of a test kit would otherwise print every record.</summary>
internal sealed class SilentLogger : MinimalLogger
{
    protected override void Log(object message)
    {
        // LogCapture and the output of the test framework receive the records themselves.
    }
}
