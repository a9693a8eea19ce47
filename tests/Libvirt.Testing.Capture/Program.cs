using Libvirt.Testing;
using Libvirt.Testing.Capture;

// Libvirt.Testing.Capture [DIRECTORY]: writes the golden messages, by default where the codec's tests read them.
string directory = args.Length > 0 ? args[0] : RepositoryRoot.Combine("tests", "Libvirt.Protocol.Tests", "Golden");
Conversations conversations = new();
await TestDriverScenario.RunAsync(conversations);
await SessionScenario.RunAsync(conversations);
await MigrationScenario.RunAsync(conversations);
await AdminScenario.RunAsync(conversations);
await LibraryScenario.RunAsync(conversations);

GoldenFiles.Write(directory, Selection.Of(conversations.Exchanges));
foreach (string problem in conversations.Problems)
    Console.WriteLine($"the dissector: {problem}");
Console.WriteLine(Selection.Describe(Selection.Of(conversations.Exchanges)));
