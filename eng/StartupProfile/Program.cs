using StartupProfile;

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: StartupProfile OUTPUT ASSEMBLIES RECORD...");
    Console.Error.WriteLine("Writes OUTPUT, a .mibc, of the methods in the RECORDs: what DOTNET_JitStdOutFile received with DOTNET_JitDisasmSummary=1.");
    return 2;
}

using AssemblyIndex index = new(args[1]);
ProfileWriter profile = new(index);
HashSet<string> seen = [];
int unknown = 0;
foreach (string line in args.Skip(2).SelectMany(File.ReadLines))
{
    if (CompiledMethod.TryParse(line) is { } method && seen.Add(method.ToString()) && !profile.Add(method))
        unknown++;
}

profile.Save(args[0]);
Console.WriteLine($"{seen.Count - unknown} methods to compile ahead; {unknown} that the runtime makes itself.");
return 0;
