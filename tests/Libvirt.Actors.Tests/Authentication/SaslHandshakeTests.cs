using System.Text;
using Libvirt.TestKit;
using Libvirt.Protocol.Remote;
using Libvirt.Tests.Scripting;

namespace Libvirt.Tests.Authentication;

/// <summary>A daemon that asks for SASL, well-behaved and otherwise.</summary>
public sealed class SaslHandshakeTests : IAsyncDisposable
{
    private readonly VirtualActorSystem _kit = new();
    private readonly ScriptedDaemon _daemon = new();
    private LibvirtRuntime? _runtime;

    [Fact]
    public async Task Plain_is_used_where_nothing_better_is_there_and_nobody_can_read()
    {
        Task<Hypervisor> connecting = Connect("test:///default");
        await OfferAsync("PLAIN,ANONYMOUS");

        SentFrame start = await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);
        AuthSaslStartArgs args = start.Read<AuthSaslStartArgs>();
        await _daemon.ReplyAsync(start, new AuthSaslStartRet { Complete = 1, Nil = 1, Data = [] });
        await _daemon.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature);

        Assert.Equal(("PLAIN", 0, "\0fred\0hunter2"), (args.Mech, args.Nil, Encoding.UTF8.GetString(args.Data)));
        _daemon.Close();
        await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
    }

    [Theory]
    [InlineData("PLAIN SCRAM-SHA-1 SCRAM-SHA-256", "test:///default", "SCRAM-SHA-256")]
    [InlineData("PLAIN,SCRAM-SHA-1,SCRAM-SHA-256", "test:///default?auth=sasl.SCRAM-SHA-1", "SCRAM-SHA-1")]
    [InlineData("PLAIN,SCRAM-SHA-1", "test:///default?auth=sasl", "SCRAM-SHA-1")]
    public async Task The_strongest_mechanism_is_taken_unless_the_uri_names_one(string offered, string uri, string mechanism)
    {
        Task<Hypervisor> connecting = Connect(uri);
        await OfferAsync(offered);

        SentFrame start = await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);

        Assert.Equal(mechanism, start.Read<AuthSaslStartArgs>().Mech);
        _daemon.Close();
        await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
    }

    [Theory]
    [InlineData("test+tcp://h/default", "PLAIN,SCRAM-SHA-256", "Without TLS")]
    [InlineData("test:///default?auth=sasl.SCRAM-SHA-512", "PLAIN,SCRAM-SHA-256", "SCRAM-SHA-512")]
    [InlineData("test:///default", "", "no mechanism")]
    public async Task A_password_is_never_shown_where_it_could_be_read(string uri, string offered, string part)
    {
        Task<Hypervisor> connecting = Connect(uri);
        await OfferAsync(offered);

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.Equal(ConnectFailure.AuthenticationUnsupported, error.Reason);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_says_it_is_done_without_proving_itself_is_refused()
    {
        Task<Hypervisor> connecting = Connect("test:///default");
        await OfferAsync("SCRAM-SHA-256");
        SentFrame start = await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);
        string nonce = Encoding.UTF8.GetString(start.Read<AuthSaslStartArgs>().Data).Split("r=")[1];

        await _daemon.ReplyAsync(start, new AuthSaslStartRet { Complete = 1, Nil = 0, Data = Encoding.UTF8.GetBytes($"r={nonce}x,s=W22Z,i=4096") });

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.Contains("proof", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_never_stops_asking_is_left()
    {
        Task<Hypervisor> connecting = Connect("test:///default");
        await OfferAsync("PLAIN");
        await _daemon.ReplyAsync(
            await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart), new AuthSaslStartRet { Complete = 0, Nil = 1, Data = [] });
        int steps = 0;
        while (await _daemon.NextFrameAsync() is { } step)
        {
            steps++;
            await _daemon.ReplyAsync(step, new AuthSaslStepRet { Complete = 0, Nil = 1, Data = [] });
        }

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.Equal(ConnectFailure.Protocol, error.Reason);
        Assert.Equal(10, steps);
    }

    [Fact]
    public async Task A_daemon_that_hangs_up_at_any_byte_of_its_answer_is_a_lost_attempt_with_nothing_left_behind()
    {
        for (int sent = 0; sent < 40; sent++)
        {
            await using VirtualActorSystem kit = new();
            ScriptedDaemon daemon = new();
            await using LibvirtRuntime runtime = LibvirtRuntime.For(kit.System);
            runtime.Connector = daemon;
            Task<Hypervisor> connecting = runtime.ConnectAsync(
                "test:///default", new HypervisorOptions { Credentials = new LibvirtCredentials("fred", "hunter2") }).AsTask();
            await daemon.ReplyAsync(await daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [RemoteAuthType.Sasl] });
            await daemon.ReplyAsync(
                await daemon.ExpectCallAsync(RemoteProcedures.AuthSaslInit), new AuthSaslInitRet { MechanismList = "PLAIN" });
            SentFrame start = await daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);
            byte[] answer = Frames.Encode(
                start.Header with { Type = Libvirt.Protocol.MessageType.Reply }, new AuthSaslStartRet { Complete = 1, Nil = 1, Data = [] });
            Assert.Equal(40, answer.Length);

            if (sent > 0)
                await daemon.SendBytesAsync(answer.AsMemory(0, sent));
            daemon.Close();

            Assert.Equal(ConnectFailure.Lost, (await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting)).Reason);
            Assert.True(daemon.Client.IsDisposed);
            Assert.Equal(1, ActorTree.CountLivingActors(kit.System));
        }
    }

    [Fact]
    public async Task A_list_of_mechanisms_without_end_is_a_broken_protocol()
    {
        Task<Hypervisor> connecting = Connect("test:///default");
        await OfferAsync(string.Join(',', Enumerable.Repeat("SCRAM-SHA-256", 1000)));

        Assert.Equal(ConnectFailure.Protocol, (await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting)).Reason);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_daemons_words_and_not_repeated()
    {
        Task<Hypervisor> connecting = Connect("test:///default");
        await OfferAsync("PLAIN");
        await _daemon.ReplyErrorAsync(
            await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart), ErrorNumber.AuthFailed, ErrorDomain.Rpc, "authentication failed");

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.Equal(ConnectFailure.AuthenticationFailed, error.Reason);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_for_credentials_and_keeps_silent_is_waited_for_no_longer_than_the_connect_timeout()
    {
        SilentProvider silent = new();
        Task<Hypervisor> connecting = Connect(
            "test:///default", new HypervisorOptions { Credentials = silent, ConnectTimeout = TimeSpan.FromSeconds(7) });
        await OfferAsync("PLAIN");
        await silent.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // The question is asked before the wait for its answer begins, so that one step may come too early.
        while (!connecting.IsCompleted)
            await _kit.AdvanceAsync(TimeSpan.FromSeconds(7.1));

        LibvirtConnectException error = await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
        Assert.Equal(ConnectFailure.TimedOut, error.Reason);
        Assert.True(_daemon.Client.IsDisposed);
    }

    [Fact]
    public async Task A_person_is_asked_last_and_may_take_longer_than_connecting_may()
    {
        Person person = new();
        string file = Path.GetTempFileName();
        Task<Hypervisor> connecting = Connect(
            $"test+tls://ann@hv1/default?authfile={file}", new HypervisorOptions { CredentialPrompt = person, ConnectTimeout = TimeSpan.FromSeconds(7) });
        await OfferAsync("PLAIN");
        CredentialRequest request = await person.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await _kit.AdvanceAsync(TimeSpan.FromMinutes(10));

        person.Answer.SetResult(new LibvirtCredentials("fred", "hunter2"));
        SentFrame start = await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);
        await _kit.AdvanceAsync(TimeSpan.FromSeconds(6.9));
        await _daemon.ReplyAsync(start, new AuthSaslStartRet { Complete = 1, Nil = 1, Data = [] });
        await _daemon.ExpectCallAsync(RemoteProcedures.ConnectSupportsFeature);

        Assert.Equal("ann", request.UserName);
        Assert.Equal("\0fred\0hunter2", Encoding.UTF8.GetString(start.Read<AuthSaslStartArgs>().Data));
        await _kit.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        Assert.Equal(ConnectFailure.TimedOut, (await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting)).Reason);
        File.Delete(file);
    }

    [Fact]
    public async Task A_person_is_left_in_peace_where_there_are_credentials()
    {
        Person person = new();
        Task<Hypervisor> connecting = Connect(
            "test:///default", new HypervisorOptions { Credentials = new LibvirtCredentials("fred", "hunter2"), CredentialPrompt = person });
        await OfferAsync("PLAIN");

        await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslStart);

        Assert.False(person.Asked.Task.IsCompleted);
        _daemon.Close();
        await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting);
    }

    [Fact]
    public async Task A_person_who_is_being_asked_hears_that_the_daemon_has_gone()
    {
        Person person = new();
        string file = Path.GetTempFileName();
        Task<Hypervisor> connecting = Connect($"test+unix:///default?socket=/s&authfile={file}", new HypervisorOptions { CredentialPrompt = person });
        await OfferAsync("PLAIN");
        await person.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        _daemon.Close();

        Assert.Equal(ConnectFailure.Lost, (await Assert.ThrowsAsync<LibvirtConnectException>(() => connecting)).Reason);
        await person.GaveUp.Task.WaitAsync(TimeSpan.FromSeconds(60));
        File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_runtime is not null)
            await _runtime.DisposeAsync();
        await _kit.DisposeAsync();
    }

    private Task<Hypervisor> Connect(string uri, HypervisorOptions? options = null)
    {
        _runtime = LibvirtRuntime.For(_kit.System);
        _runtime.Connector = _daemon;
        return _runtime.ConnectAsync(uri, options ?? new HypervisorOptions { Credentials = new LibvirtCredentials("fred", "hunter2") }).AsTask();
    }

    private async Task OfferAsync(string mechanisms)
    {
        await _daemon.ReplyAsync(await _daemon.ExpectCallAsync(RemoteProcedures.AuthList), new AuthListRet { Types = [RemoteAuthType.Sasl] });
        await _daemon.ReplyAsync(
            await _daemon.ExpectCallAsync(RemoteProcedures.AuthSaslInit), new AuthSaslInitRet { MechanismList = mechanisms });
    }

    private sealed class Person : ICredentialProvider
    {
        public TaskCompletionSource<CredentialRequest> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<LibvirtCredentials?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GaveUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken)
        {
            Asked.TrySetResult(request);
            try
            {
                return await Answer.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                GaveUp.SetResult();
                throw;
            }
        }
    }

    private sealed class SilentProvider : ICredentialProvider
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await new TaskCompletionSource().Task;
            return null;
        }
    }
}
