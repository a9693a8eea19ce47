using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Libvirt.Cli.Connecting;
using Libvirt.Cli.Domains;
using Libvirt.Cli.Failures;

namespace Libvirt.Cli.Commands;

/// <summary><c>send-key</c>: presses keys of a domain's keyboard, all at one time.</summary>
internal sealed class SendKeyCommand : DomainCommand
{
    private const string CodeSets = "linux, xt, atset1, atset2, atset3, os_x, xt_kbd, usb, win32, qnum";
    private const int MaxKeys = 16;

    private readonly Argument<string[]> _keys = new("KEYCODE")
    {
        Description = "The keys: numbers, or in the set 'linux' names such as KEY_LEFTCTRL.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<KeycodeSet> _codeSet = new("--codeset")
    {
        Description = $"Whose numbers they are: {CodeSets}. Default: linux.",
        HelpName = "SET",
        CustomParser = ParseCodeSet,
    };

    private readonly Option<uint> _holdTime = new("--holdtime") { Description = "For how many milliseconds they are held. Default: the hypervisor's choice.", HelpName = "MS" };

    public SendKeyCommand()
        : base("send-key", "Press keys of a domain's keyboard, all at one time: Ctrl+Alt+Del is KEY_LEFTCTRL KEY_LEFTALT KEY_DELETE.")
    {
        Add(_keys);
        Add(_codeSet);
        Add(_holdTime);
    }

    protected override void CheckArguments(Invocation invocation) => Codes(invocation);

    protected override async Task RunAsync(Invocation invocation, Domain domain)
    {
        await domain.SendKeyAsync(
            invocation.Get(_codeSet), invocation.Get(_holdTime), Codes(invocation), cancellationToken: invocation.CancellationToken).ConfigureAwait(false);
        invocation.Output.Done($"Keys sent to domain '{domain}'", DomainFields.Subject(domain));
    }

    private uint[] Codes(Invocation invocation)
    {
        KeycodeSet codeSet = invocation.Get(_codeSet);
        uint[] codes = [.. invocation.Get(_keys)!.Select(key => Code(key, codeSet))];
        return codes.Length <= MaxKeys ? codes : throw new UsageException($"{codes.Length} keys are too many: {MaxKeys} at most are pressed at one time");
    }

    private static uint Code(string key, KeycodeSet codeSet)
    {
        if (uint.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out uint code)
            || (key.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(key.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
            || (codeSet == KeycodeSet.Linux && LinuxKeys.TryFind(key, out code)))
        {
            return code;
        }

        throw new UsageException(
            codeSet == KeycodeSet.Linux ? $"'{key}' is no key of the set linux" : $"'{key}' is no number: names are known in the set linux alone");
    }

    private static KeycodeSet ParseCodeSet(ArgumentResult result)
    {
        string word = result.Tokens[^1].Value;
        KeycodeSet? set = word switch
        {
            "linux" => KeycodeSet.Linux,
            "xt" => KeycodeSet.Xt,
            "atset1" => KeycodeSet.Atset1,
            "atset2" => KeycodeSet.Atset2,
            "atset3" => KeycodeSet.Atset3,
            "os_x" => KeycodeSet.Osx,
            "xt_kbd" => KeycodeSet.XtKbd,
            "usb" => KeycodeSet.Usb,
            "win32" => KeycodeSet.Win32,
            "qnum" or "rfb" => KeycodeSet.Qnum,
            _ => null,
        };
        if (set is null)
            result.AddError($"--codeset knows {CodeSets}, not '{word}'.");
        return set ?? default;
    }
}
