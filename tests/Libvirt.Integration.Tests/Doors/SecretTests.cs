using System.Text;
using Libvirt.Protocol.Remote;
using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>Whatever secret opens a door, or does not, it is in nothing that the runtime says: not as it is, and in no spelling of it.</summary>
public sealed class SecretTests(DoorsFixture doors, SshFixture far) : IClassFixture<DoorsFixture>, IClassFixture<SshFixture>
{
    private const string Wrong = "no/t+the pass=word%";

    private readonly HypervisorOptions _plain = new() { Reconnect = false };

    public static TheoryData<string> SaslDoors =>
    [
        .. from door in (string[])["sasl by unix", "sasl by tls"]
           from mechanism in (string[])["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"]
           select $"{door}, {mechanism}",
    ];

    [Theory]
    [MemberData(nameof(SaslDoors))]
    public async Task A_password_for_sasl(string door)
    {
        await TellsNothingAsync(doors.Uri(door), doors.Options, opens: true, DoorsFixture.Password);
        await TellsNothingAsync(
            doors.Uri(door), _plain with { Credentials = new LibvirtCredentials(DoorsFixture.User, Wrong) }, opens: false, Wrong);
        await TellsNothingAsync(doors.Uri(door), _plain with { Credentials = new Vault(Wrong) }, opens: false, Wrong);
    }

    [Theory]
    [InlineData("authname=fred\npassword=", DoorsFixture.Password, true)]
    [InlineData("authname=fred\npassword=", Wrong, false)]
    [InlineData("password=", Wrong, false)]
    [InlineData("authname=fred\n", "a-line-that-is-no-setting", false)]
    [InlineData("authname=fred\npassword=x\n[", "a-group-without-end", false)]
    public async Task A_password_in_a_file(string lines, string secret, bool opens)
    {
        string file = Scratch.NewPath("auth.conf");
        await File.WriteAllTextAsync(file, $"[auth-libvirt-localhost]\ncredentials=lab\n[credentials-lab]\n{lines}{secret}\n");

        await TellsNothingAsync($"{doors.Uri("sasl by unix")}&authfile={file}", _plain, opens, secret);
    }

    [Fact]
    public async Task A_password_that_is_asked_for_again_and_again()
    {
        using Overheard overheard = new();
        await using LibvirtRuntime runtime = overheard.CreateRuntime();
        HypervisorOptions options = doors.Options with
        {
            Reconnect = true,
            ReconnectBackoff = new BackoffPolicy { Min = TimeSpan.FromMilliseconds(10), Max = TimeSpan.FromMilliseconds(10) },
        };
        await using Hypervisor hypervisor = await runtime.ConnectAsync(doors.Uri("sasl by unix, PLAIN"), options);

        await doors.SaslDaemon.RestartAsync();

        await Eventually.GetAsync(async () => await Record.ExceptionAsync(() => hypervisor.GetLibVersionAsync().AsTask()), error => error is null);
        overheard.Add($"{hypervisor.State} {options}");
        Assert.Contains("libvirt-sock", overheard.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Spellings.Of(DoorsFixture.Password), overheard.Text.Contains);
    }

    /// <summary>A runtime that is ended while the daemon has yet to answer the password, and what is told to it afterwards.</summary>
    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    public async Task A_password_in_messages_that_reach_no_actor(string mechanism)
    {
        const int saslStart = 68;
        using Overheard overheard = new();
        await using RecordingProxy proxy = doors.SaslDaemon.OpenProxy();
        FaultRule held = proxy.ToDaemon.When(frame => frame.Procedure == saslStart, rule => rule.Hold());
        LibvirtRuntime runtime = overheard.CreateRuntime();
        Hypervisor hypervisor = runtime.Add($"{proxy.Uri("test", "/default")}&auth=sasl.{mechanism}", doors.Options);
        await held.HitAsync();

        await runtime.DisposeAsync();

        DomainSetUserPasswordArgs args = new() { Dom = new RemoteDomain("test", default, 1), User = DoorsFixture.User, Password = DoorsFixture.Password, Flags = 0 };
        Exception? error = await Record.ExceptionAsync(() => hypervisor.Calls.CallAsync(RemoteProcedures.DomainSetUserPassword, args).AsTask());
        overheard.Add($"{error} {hypervisor.State} {args}");
        Assert.NotNull(error);
        Assert.NotEqual(0, overheard.DeadLetters);
        Assert.DoesNotContain(Spellings.Of(DoorsFixture.Password), overheard.Text.Contains);
    }

    [Fact]
    public async Task A_password_and_a_pass_phrase_for_ssh()
    {
        SshServer server = far.PasswordServer();
        await TellsNothingAsync(far.Uri(server, $"sshauth=password&command={SshFixture.Ssh(answer: SshFixture.Password)}"), _plain, opens: true, SshFixture.Password);
        await TellsNothingAsync(far.Uri(server, $"sshauth=keyboard-interactive&command={SshFixture.Ssh(answer: Wrong)}"), _plain, opens: false, Wrong);
        string locked = far.Server.EncryptedKeyFile;
        await TellsNothingAsync(
            far.Uri(far.Server, $"sshauth=privkey&command={SshFixture.Ssh(answer: SshServer.PassPhrase)}", keyFile: locked), _plain, opens: true, SshServer.PassPhrase);
        await TellsNothingAsync(far.Uri(far.Server, $"sshauth=privkey&command={SshFixture.Ssh(answer: Wrong)}", keyFile: locked), _plain, opens: false, Wrong);
    }

    [Theory]
    [InlineData("test+tcp://fred:SECRET@127.0.0.1/default")]
    [InlineData("test+tcp://fred:SECRET@127.0.0.1:port/default")]
    [InlineData("test+ssh://fred:SECRET@[::1/default?colour=blue")]
    public async Task A_password_in_a_uri(string uri)
    {
        await TellsNothingAsync(uri.Replace("SECRET", "hunter2hunter2", StringComparison.Ordinal), _plain, opens: false, "hunter2hunter2");
    }

    [Fact]
    public void Each_spelling_is_found()
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"\0fred\0{Wrong}");
        string[] said = [Wrong, Convert.ToBase64String(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Uri.EscapeDataString(Wrong), BitConverter.ToString(bytes)];

        Assert.All(said, text => Assert.Contains(Spellings.Of(Wrong), text.Contains));
    }

    private static async Task TellsNothingAsync(string uri, HypervisorOptions options, bool opens, string secret)
    {
        using Overheard overheard = new();
        await using (LibvirtRuntime runtime = overheard.CreateRuntime())
        {
            Exception? error = await Record.ExceptionAsync(async () =>
            {
                await using Hypervisor hypervisor = await runtime.ConnectAsync(uri, options);
                await hypervisor.GetLibVersionAsync();
                overheard.Add($"{hypervisor} {hypervisor.State}");
            });
            Assert.True(opens == error is null, $"{error}");
            for (Exception? each = error; each is not null; each = each.InnerException)
                overheard.Add($"{each} {each.Message} {string.Join(' ', each.Data.Values.Cast<object?>())}");
            overheard.Add($"{options} {options.Credentials as LibvirtCredentials} {runtime}");
        }

        Assert.NotEmpty(overheard.Text);
        Assert.DoesNotContain(Spellings.Of(secret), overheard.Text.Contains);
    }

    /// <summary>A source of credentials that has them from elsewhere.</summary>
    private sealed class Vault(string password) : ICredentialProvider
    {
        public ValueTask<LibvirtCredentials?> GetAsync(CredentialRequest request, CancellationToken cancellationToken) =>
            new(new LibvirtCredentials($"{request.UserName ?? "fred"}", password));
    }
}
