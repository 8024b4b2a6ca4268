using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>One set of rules of a user: a command is allowed when one of its selectors allows the command with all its keys and channels.</summary>
internal sealed class AclSelector
{
    public AclSelector(CommandTable table)
    {
        Table = table;
        Commands = new AllowedCommands(table);
    }

    private AclSelector(AclSelector other)
    {
        Table = other.Table;
        Commands = other.Commands.Clone();
        AllKeys = other.AllKeys;
        Keys = [.. other.Keys];
        AllChannels = other.AllChannels;
        Channels = [.. other.Channels];
    }

    public CommandTable Table { get; }

    public AllowedCommands Commands { get; }

    /// <summary>Whether all keys may be read and changed; there are no patterns then.</summary>
    public bool AllKeys { get; set; }

    /// <summary>The allowed keys.</summary>
    public List<KeyPattern> Keys { get; } = [];

    /// <summary>Whether all channels may be used; there are no patterns then.</summary>
    public bool AllChannels { get; set; }

    /// <summary>The patterns of allowed channels.</summary>
    public List<byte[]> Channels { get; } = [];

    /// <summary>Whether it forbids nothing.</summary>
    public bool AllowsEverything => Commands.IsAll && AllKeys && AllChannels;

    public AclSelector Clone() => new(this);
}
