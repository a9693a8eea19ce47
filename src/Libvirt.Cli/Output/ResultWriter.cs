using System.Text;

namespace Libvirt.Cli.Output;

/// <summary>Prints what a command found or did, on stdout.</summary>
internal abstract class ResultWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The writer of a format.</summary>
    public static ResultWriter For(OutputFormat format, bool quiet) =>
        format == OutputFormat.Json ? new JsonResultWriter() : new TableResultWriter(quiet);

    /// <summary>Prints one thing with its fields.</summary>
    public abstract void Record(IReadOnlyList<Field> fields);

    /// <summary>Prints any number of things that have the same fields.</summary>
    /// <param name="heads">What people read above the columns. Fields beyond them are for programs alone.</param>
    /// <param name="rows">The fields of each thing, in the columns' order.</param>
    public abstract void List(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Field>> rows);

    /// <summary>Prints any number of things of a field or two, to people one a line, with neither head nor rule.</summary>
    public abstract void Lines(IReadOnlyList<IReadOnlyList<Field>> rows);

    /// <summary>Prints one value alone: to people the bare value.</summary>
    public abstract void Value(Field field);

    /// <summary>Prints one text that the user asked for, such as a description in XML: to people as it is, with all its lines and without escaping.</summary>
    public abstract void Payload(Field field);

    /// <summary>Prints one value behind its label, which quiet leaves out.</summary>
    public abstract void LabelledValue(Field field);

    /// <summary>Prints a few values that people read as one line.</summary>
    public abstract void Line(string text, params IReadOnlyList<Field> fields);

    /// <summary>Prints that something was done.</summary>
    /// <param name="sentence">What people read, unless they asked for quiet.</param>
    /// <param name="subject">The fields of what it was done to.</param>
    public abstract void Done(string sentence, params IReadOnlyList<Field> subject);

    /// <summary>Opens stdout for text. A reader that has gone away is no error.</summary>
    protected static StreamWriter OpenText() => new(Console.OpenStandardOutput(), Utf8, bufferSize: 16 * 1024);
}
