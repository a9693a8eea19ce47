namespace Libvirt.Testing;

/// <summary>
/// Has tshark's libvirt dissector read recorded messages: an implementation of the protocol that shares nothing with ours.
/// It knows the programs remote, qemu, lxc and keepalive; of others it checks the header alone.
/// </summary>
public static class TsharkDissector
{
    /// <summary>Dissects what a proxy recorded.</summary>
    /// <param name="frames">The messages; their connections must be recorded from the start.</param>
    /// <exception cref="CommandFailedException">tshark failed, or has no libvirt dissector.</exception>
    public static async Task<Dissection> DissectAsync(IEnumerable<RecordedFrame> frames)
    {
        string path = Scratch.NewPath("messages.pcap");
        try
        {
            PcapWriter.Write(path, frames);
            return await DissectFileAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Dissects a capture file of TCP conversations on libvirt's port.</summary>
    public static async Task<Dissection> DissectFileAsync(string path)
    {
        // Heuristics of other protocols could claim what the libvirt dissector refuses; it alone shall judge. What it says is
        // ten times as long as what it reads, so it goes through a file and is read a packet at a time.
        string output = Scratch.NewPath("messages.pdml");
        string[] arguments = ["-n", "-r", path, "-d", "tcp.port==16509,libvirt", "-o", "tcp.desegment_tcp_streams:TRUE", "-T", "pdml"];
        try
        {
            string[] line = ["-c", "exec tshark \"$@\" >\"$0\"", output, .. arguments];
            (await Command.RunAsync("sh", line, environment: Virsh.ClientEnvironment)).EnsureSuccess();
            using StreamReader reader = new(output);
            return DissectionReader.Read(reader);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
