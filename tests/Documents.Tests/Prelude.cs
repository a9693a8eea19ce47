using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Documents.Tests;

/// <summary>The code around the pieces that pages show.</summary>
internal static class Prelude
{
    /// <summary>The implicit usings of a new console project.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The implicit usings of a new worker.</summary>
    public const string WorkerUsings = $"""
        {ImplicitUsings}
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    /// <summary>The usings of a piece, which pages do not repeat.</summary>
    public const string PieceUsings = $"""
        {WorkerUsings}
        global using Akka;
        global using Akka.Actor;
        global using Akka.Hosting;
        global using Akka.Streams;
        global using Akka.Streams.Dsl;
        global using Libvirt;
        global using Libvirt.Events;
        global using Libvirt.Hosting;
        global using Libvirt.Messages;
        global using Libvirt.Protocol;
        global using Libvirt.Protocol.Remote;
        global using Libvirt.Simulator;
        global using Libvirt.TestKit;
        global using Libvirt.Testing;
        global using Xunit;
        """;

    // The variables that pages use without declaring them.
    private static readonly (string Name, string Type)[] Known =
    [
        ("hypervisor", "Hypervisor"), ("domain", "Domain"), ("volume", "StorageVolume"), ("pool", "StoragePool"), ("network", "Network"),
        ("runtime", "LibvirtRuntime"), ("system", "ActorSystem"), ("hypervisors", "IHypervisors"), ("builder", "HostApplicationBuilder"),
        ("services", "IServiceCollection"), ("simulator", "HypervisorSimulator"), ("host", "SimulatedHost"), ("web", "SimulatedDomain"),
        ("time", "VirtualTimeProvider"), ("content", "byte[]"), ("cancellationToken", "CancellationToken"), ("stoppingToken", "CancellationToken"),
    ];

    /// <summary>A whole program of a piece: known variables that it does not make itself before it, or a class around methods.</summary>
    public static string Around(string code)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();
        string[] made = [.. root.DescendantNodes().SelectMany(Names)];
        string known = string.Concat(Known.Where(one => !made.Contains(one.Name)).Select(one => $"{one.Type} {one.Name} = default!;\n"));
        if (root.Members.Count > 0 && root.Members.All(IsMethod))
            return $"public sealed class Shown {{\n{code}\npublic static void Main() {{ }}\n}}";
        // Its usings stay first; a piece with only types has no statement of its own.
        string usings = string.Concat(root.Usings.Select(one => one.ToFullString()));
        return $"{usings}{known}await Task.CompletedTask;\n{code[usings.Length..]}";
    }

    // A method with an attribute or an access modifier is one of a class, such as a test.
    private static bool IsMethod(MemberDeclarationSyntax member) => member is MethodDeclarationSyntax
        || member is GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function }
            && (function.AttributeLists.Count > 0 || function.Modifiers.Any(modifier => modifier.ValueText is "public" or "private"));

    private static IEnumerable<string> Names(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => [variable.Identifier.Text],
        SingleVariableDesignationSyntax designation => [designation.Identifier.Text],
        ForEachStatementSyntax loop => [loop.Identifier.Text],
        ParameterSyntax parameter when parameter.Parent?.Parent is not TypeDeclarationSyntax => [parameter.Identifier.Text],
        _ => [],
    };
}
