using System.CommandLine;

namespace Libvirt.Kill.Running;

/// <summary>The command line.</summary>
internal sealed class KillCommand : RootCommand
{
    private readonly Option<int> _kills = new("--kills") { Description = "How many times a daemon is killed.", DefaultValueFactory = _ => 1000 };

    private KillCommand()
        : base("Kills three libvirtd processes in turn, again and again, while one process calls all of them, and checks what the runtime promises.")
    {
        _kills.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--kills must be at least 1.");
        });
        Add(_kills);
        SetAction((parsed, _) => new KillRun(parsed.GetRequiredValue(_kills)).RunAsync());
    }

    public static Task<int> RunAsync(string[] args) =>
        new KillCommand().Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
