using System.CommandLine;
using Libvirt.Protocol.Generator.Commands;
using Libvirt.Protocol.Generator.Idl;

Option<string?> root = new("--root")
{
    Description = "The checkout to work in; the one around the current folder when not given.",
    Recursive = true,
};
RootCommand command = new("Writes the protocol's code from the model of libvirt's protocol and API.")
{
    root,
    ImportCommand.Create(root),
    GenerateCommand.Create(root),
    CheckCommand.Create(root),
};
try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is SyntaxException or IOException or InvalidDataException or InvalidOperationException)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
