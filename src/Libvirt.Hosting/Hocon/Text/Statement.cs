namespace Libvirt.Hosting.Hocon.Text;

/// <summary>A setting that is being scanned: <c>key = value</c> or <c>key { ... }</c>.</summary>
internal struct Statement
{
    public Statement()
    {
    }

    /// <summary>Where the key begins in the text; -1 before it.</summary>
    public int Key { get; set; } = -1;

    /// <summary>The length of the output before the key.</summary>
    public int OutputBefore { get; set; }

    /// <summary>Whether the equals sign has been read.</summary>
    public bool IsAssigned { get; set; }

    /// <summary>Whether the key ended with its line, so that only an opening brace may follow.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>What was read last.</summary>
    public Content Last { get; set; }

    /// <summary>Whether there is a key without a value.</summary>
    public readonly bool LacksValue => IsAssigned ? Last == Content.Nothing : Last is Content.Plain or Content.Quoted;
}
