namespace Libvirt;

/// <summary>The names of the actors of hypervisors.</summary>
internal static class HypervisorName
{
    /// <summary>The name with every character replaced that an actor path does not allow, or that would have to be escaped in one.</summary>
    public static string Of(string name)
    {
        char[] letters = name.ToCharArray();
        foreach (ref char letter in letters.AsSpan())
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
                letter = '_';
        }

        return new string(letters);
    }
}
