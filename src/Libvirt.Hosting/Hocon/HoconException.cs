namespace Libvirt.Hosting.Hocon;

/// <summary>HOCON text that cannot be used: malformed, or with a reference that cannot be resolved.</summary>
public sealed class HoconException : Exception
{
    internal HoconException(HoconPosition position, string problem, Exception? innerException = null)
        : base($"{position}: {problem}", innerException)
    {
        File = position.Source;
        Line = position.Line;
        Column = position.Column;
        Problem = problem;
        HelpLink = "docs/troubleshooting.md#hocon-refused";
    }

    /// <summary>The file, or the name that the text was given.</summary>
    public string File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 code units.</summary>
    public int Column { get; }

    /// <summary>What is wrong, without the position that <see cref="Exception.Message"/> begins with.</summary>
    public string Problem { get; }
}
