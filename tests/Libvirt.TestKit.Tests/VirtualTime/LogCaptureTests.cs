using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Libvirt.TestKit.Tests;

public sealed class LogCaptureTests
{
    [Fact]
    public async Task A_log_record_can_be_expected_before_and_after_it_is_written()
    {
        await using var kit = new VirtualActorSystem();
        IActorRef echo = kit.System.ActorOf(Echo.Props, "echo");

        Task<LogRecord> expected = kit.Logs.ExpectAsync(LogLevel.ErrorLevel, record => record.Exception is InvalidDataException);
        echo.Tell(new InvalidDataException("first"));
        LogRecord record = await expected.WaitAsync(kit.RealTimeLimit, TestContext.Current.CancellationToken);
        Assert.Equal("first", record.Exception?.Message);
        Assert.Contains("/user/echo", record.Source, StringComparison.Ordinal);

        echo.Tell(new InvalidDataException("second"));
        await kit.SettleAsync();
        record = await kit.Logs.ExpectAsync(LogLevel.ErrorLevel);
        Assert.Equal("second", record.Exception?.Message);
        await kit.Logs.ExpectNoErrorsAsync();
    }

    [Fact]
    public async Task An_error_that_is_not_expected_fails_with_the_log()
    {
        await using var kit = new VirtualActorSystem();
        kit.System.ActorOf(Echo.Props, "echo").Tell(new InvalidDataException("as planned"));

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(kit.Logs.ExpectNoErrorsAsync);

        Assert.Contains("InvalidDataException: as planned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_not_logged_fails_with_the_log()
    {
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { RealTimeLimit = TimeSpan.FromMilliseconds(50) });

        ExpectationException error = await Assert.ThrowsAsync<ExpectationException>(() => kit.Logs.ExpectAsync(LogLevel.WarningLevel));

        Assert.StartsWith("Expected a record at level WarningLevel, but none was logged", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was logged.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_carry_the_virtual_time_and_go_to_the_output()
    {
        var output = new List<string>();
        await using var kit = new VirtualActorSystem(new VirtualActorSystemOptions { Output = output.Add });
        await kit.AdvanceAsync(TimeSpan.FromMinutes(1));

        kit.System.Log.Info("text {0}", 1);

        LogRecord record = Assert.Single(kit.Logs.Records);
        Assert.Equal("text 1", record.Message);
        Assert.Equal(kit.Time.GetUtcNow(), record.At);
        Assert.Equal([record.ToString()], output);
        Assert.StartsWith("Info ", output[0], StringComparison.Ordinal);
        Assert.EndsWith(": text 1", output[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_records_of_actors_are_captured_and_those_of_Akka_are_not()
    {
        await using var kit = new VirtualActorSystem();
        kit.System.ActorOf(Props.Create(() => new Logging()));
        await kit.CreateProbe().ExpectNoMsgAsync(cancellationToken: TestContext.Current.CancellationToken);
        await kit.SettleAsync();

        Assert.Equal(["hello"], kit.Logs.Records.Select(record => record.Message));
        Assert.Equal(typeof(Logging), kit.Logs.Records[0].SourceType);
    }

    private sealed class Logging : UntypedActor
    {
        protected override void PreStart() => Context.GetLogger().Debug("hello");

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
