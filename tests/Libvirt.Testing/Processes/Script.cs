using System.Diagnostics;

namespace Libvirt.Testing;

/// <summary>
/// Shell scripts that can be run as soon as they are written. Another process writes them: what this one has open for writing, each child that another
/// thread starts at that moment has open too until it runs its program, and the kernel runs no file that anybody may be writing ("Text file busy").
/// </summary>
public static class Script
{
    /// <summary>Writes a script to a path that nobody else uses, which ends as <paramref name="name"/> says.</summary>
    public static string Create(string name, string lines) => Write(Scratch.NewPath(name), lines);

    /// <summary>Writes a script, for this user alone, and returns its path.</summary>
    public static string Write(string path, string lines)
    {
        ProcessStartInfo info = new("sh", ["-c", "cat >\"$1\" && chmod 0500 \"$1\"", "sh", path]) { RedirectStandardInput = true };
        using Process writer = Process.Start(info) ?? throw new InvalidOperationException("sh did not start");
        writer.StandardInput.Write($"#!/bin/sh\n{lines}\n");
        writer.StandardInput.Close();
        writer.WaitForExit();
        return writer.ExitCode == 0 ? path : throw new InvalidOperationException($"{path} could not be written");
    }
}
