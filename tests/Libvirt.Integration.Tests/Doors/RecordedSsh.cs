using Libvirt.Testing;

namespace Libvirt.Integration.Doors;

/// <summary>
/// A program in place of ssh that connects with nobody: it writes down what it is told, and runs what is meant for the far side here, where netcat and
/// virt-ssh-helper do nothing but write down their own arguments.
/// </summary>
internal sealed class RecordedSsh
{
    private readonly string _directory = Scratch.NewDirectory("ssh");

    /// <param name="hasHelper">Whether there is a virt-ssh-helper on the far side.</param>
    /// <param name="netcatKnowsQ">Whether its netcat has the option by which some end with their input.</param>
    public RecordedSsh(bool hasHelper = true, bool netcatKnowsQ = false)
    {
        string far = Directory.CreateDirectory(Path.Combine(_directory, "far")).FullName;
        string answer = netcatKnowsQ ? "nc: option requires an argument -- 'q'" : "nc: invalid option -- 'q'";
        string netcat = $"if [ \"$*\" = -q ]; then echo \"{answer}\" >&2; exit 1; fi\n{Write("far/ran", "${0##*/}")}";
        Add("far/nc", netcat);
        Add("far/other netcat", netcat);
        if (hasHelper)
            Add("far/virt-ssh-helper", Write("far/ran", "${0##*/}"));
        // Nothing else is there, least of all the helper that may be installed here.
        foreach (string tool in (string[])["sh", "grep", "which"])
            File.CreateSymbolicLink(Path.Combine(far, tool), $"/usr/bin/{tool}");
        Add("ssh", $"while [ $# -gt 1 ]; do printf '%s\\n' \"$1\"; shift; done >'{_directory}/told'\nPATH='{far}' exec sh -c \"$1\" </dev/null");
    }

    /// <summary>The program.</summary>
    public string Program => Path.Combine(_directory, "ssh");

    /// <summary>A netcat of another name on the far side.</summary>
    public string OtherNetcat => Path.Combine(_directory, "far", "other netcat");

    /// <summary>The arguments, without what is the far side's; nothing where it was not started.</summary>
    public string[] Told => Read("told");

    /// <summary>What ran on the far side, with its arguments.</summary>
    public string[] Ran => Read("far/ran");

    private string[] Read(string name) => File.Exists(Path.Combine(_directory, name)) ? File.ReadAllLines(Path.Combine(_directory, name)) : [];

    private string Write(string file, string first) => $"printf '%s|' \"{first}\" \"$@\" >>'{_directory}/{file}'\necho >>'{_directory}/{file}'";

    private void Add(string name, string lines) => Script.Write(Path.Combine(_directory, name), lines);
}
