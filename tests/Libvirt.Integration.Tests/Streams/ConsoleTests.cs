using System.IO.Pipelines;
using System.Text;
using Libvirt.Streams;
using Libvirt.Testing;

namespace Libvirt.Integration.Streams;

public sealed class ConsoleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_guests_shells_answer_on_their_consoles_and_answer_again_after_detaching()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "one" });
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "two" });
        await using Hypervisor hypervisor = await Hypervisor.ConnectAsync(daemon.SessionUri);
        Domain one = await hypervisor.LookupDomainByNameAsync("one");
        Domain two = await hypervisor.LookupDomainByNameAsync("two");

        await using (LibvirtStream first = await one.OpenConsoleAsync())
        await using (LibvirtStream second = await two.OpenConsoleAsync())
        {
            await AnswersAsync(first, 6, 7);
            await AnswersAsync(second, 11, 13);
            await AnswersAsync(first, 8, 9);
        }

        // On the hypervisor's own connection, which goes on when the console is taken away by force: libvirtd 9.0 now and then dies when it ends with it.
        await using LibvirtStream again = await one.OpenConsoleAsync(options: new StreamOptions { SharesConnection = true });
        await AnswersAsync(again, 5, 5);
        LibvirtRemoteException taken = await Assert.ThrowsAsync<LibvirtRemoteException>(() => one.OpenConsoleAsync().AsTask());
        Assert.Equal(ErrorNumber.OperationFailed, taken.Code);
        await using LibvirtStream forced = await one.OpenConsoleAsync(flags: DomainConsoleFlags.Force);
        await AnswersAsync(forced, 3, 4);

        await one.DestroyAsync();
        await forced.Completion.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Limit);
        Assert.Single(await hypervisor.ListAllDomainsAsync());
    }

    [Fact]
    public async Task A_paste_that_the_guest_does_not_take_holds_up_no_call_and_no_end()
    {
        await using LibvirtDaemon daemon = await LibvirtDaemon.StartAsync();
        await daemon.CreateGuestAsync(new GuestDefinition { Name = "frozen" });
        await using LibvirtRuntime runtime = LibvirtRuntime.Create();
        await using Hypervisor hypervisor = await runtime.ConnectAsync(daemon.SessionUri, new HypervisorOptions { CloseTimeout = TimeSpan.FromSeconds(1) });
        Domain domain = await hypervisor.LookupDomainByNameAsync("frozen");
        LibvirtStream console = await domain.OpenConsoleAsync();
        daemon.FreezeGuest("frozen");

        // Far more than the daemon, the pseudo terminal and both ends of the socket take.
        Task paste = Task.Run(async () =>
        {
            for (int i = 0; i < 4096; i++)
                await console.Output.WriteAsync(new byte[4096]);
        });
        for (int i = 0; i < 200; i++)
            Assert.True(await hypervisor.GetLibVersionAsync() > 0);
        Assert.False(paste.IsCompleted);
        await console.DisposeAsync().AsTask().WaitAsync(Limit);

        await Assert.ThrowsAnyAsync<Exception>(() => paste.WaitAsync(Limit));
        Assert.True(await hypervisor.GetLibVersionAsync() > 0);
        daemon.ThawGuest("frozen");
        await using LibvirtStream again = await OpenWhenFreeAsync(domain);
        await AnswersAsync(again, 6, 7);
    }

    /// <summary>
    /// Opens the console once the daemon has let go of the last client's. Not by force: libvirtd 9.0 now and then dies of taking a console away while the
    /// connection that had it ends.
    /// </summary>
    private static async Task<LibvirtStream> OpenWhenFreeAsync(Domain domain)
    {
        using CancellationTokenSource limit = new(Limit);
        while (true)
        {
            try
            {
                return await domain.OpenConsoleAsync(cancellationToken: limit.Token);
            }
            catch (LibvirtRemoteException busy) when (busy.Code == ErrorNumber.OperationFailed)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    /// <summary>Has the guest's shell multiply: the product is nowhere in what was typed, so the echo cannot be taken for it.</summary>
    private static async Task AnswersAsync(LibvirtStream console, int left, int right)
    {
        using CancellationTokenSource limit = new(Limit);
        string answer = $"product:{left * right};";
        Task<bool> seen = SeesAsync(console.Input, answer, limit.Token);
        // A guest that still boots throws away what is typed too early.
        while (!seen.IsCompleted)
        {
            await console.Output.WriteAsync(Encoding.ASCII.GetBytes($"echo product:$(({left}*{right}))';'\n"), limit.Token);
            await Task.WhenAny(seen, Task.Delay(500, limit.Token));
        }

        Assert.True(await seen);
    }

    private static async Task<bool> SeesAsync(PipeReader input, string text, CancellationToken cancellationToken)
    {
        StringBuilder shown = new();
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellationToken);
            shown.Append(Encoding.ASCII.GetString(result.Buffer));
            input.AdvanceTo(result.Buffer.End);
            if (shown.ToString().Contains(text, StringComparison.Ordinal))
                return true;
            if (result.IsCompleted)
                return false;
        }
    }
}
