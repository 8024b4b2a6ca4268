using System.Text;

namespace AkkaKv.Commands.Table;

/// <summary>Runs a command: reads its arguments, changes the data, writes the reply.</summary>
public delegate void CommandHandler(CommandContext context);

/// <summary>
/// One command or subcommand, as data. The gates read the flags, COMMAND and ACL the rest. A row without handler is known to Redis but not
/// served: it answers as an unknown command and is not listed.
/// </summary>
public sealed class CommandRow
{
    private readonly CommandFlags _flags;

    /// <summary>A row; <paramref name="arity"/> counts the command name, negative means "at least".</summary>
    public CommandRow(string name, int arity, string since, CommandFlags flags, CommandHandler? handler = null)
    {
        Name = name;
        NameBytes = Encoding.ASCII.GetBytes(name);
        FullName = name;
        Arity = arity;
        Since = since;
        _flags = flags;
        Handler = handler;
    }

    /// <summary>The name in lower case, without the container's.</summary>
    public string Name { get; }

    /// <summary><see cref="Name"/> as bytes.</summary>
    public ReadOnlyMemory<byte> NameBytes { get; }

    /// <summary>The name that messages and statistics show: <c>get</c>, <c>config|set</c>.</summary>
    public string FullName { get; private set; }

    /// <summary>The number of arguments with the command name and, in a subcommand, its own; negative: at least so many.</summary>
    public int Arity { get; }

    /// <summary>The Redis version that introduced it.</summary>
    public string Since { get; }

    /// <summary>What the gates need to know.</summary>
    public CommandFlags Flags => _flags;

    /// <summary>The group under which it is documented.</summary>
    public CommandGroup Group { get; private set; }

    /// <summary>The ACL categories: those given and those that follow from the flags.</summary>
    public AclCategories Categories { get; init; }

    /// <summary>Where its keys are.</summary>
    public IReadOnlyList<KeySpec> Keys { get; init; } = [];

    /// <summary>One sentence for COMMAND DOCS.</summary>
    public required string Summary { get; init; }

    /// <summary>The complexity as a formula, for COMMAND DOCS.</summary>
    public string Complexity { get; init; } = "";

    /// <summary>The version since which another command should be used, and which.</summary>
    public (string Since, string ReplacedBy)? Deprecated { get; init; }

    /// <summary>Whether the command is Redis's own tool and not documented for users.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Runs it; null when it is not served, or for a container, which only its subcommands run.</summary>
    public CommandHandler? Handler { get; }

    /// <summary>The rows of a container's subcommands.</summary>
    public IReadOnlyList<CommandRow> Subcommands { get; init; } = [];

    /// <summary>The container of a subcommand.</summary>
    public CommandRow? Parent { get; private set; }

    /// <summary>Its place in the table's statistics arrays.</summary>
    public int Id { get; private set; } = -1;

    /// <summary>Whether clients can run it: it, or one of its subcommands, has a handler.</summary>
    public bool IsServed => Handler is not null || Subcommands.Any(subcommand => subcommand.Handler is not null);

    /// <summary>All categories: those of the row and those that follow from its flags, as Redis derives them.</summary>
    public AclCategories AllCategories
    {
        get
        {
            AclCategories all = Categories;
            all |= Has(CommandFlags.Write) ? AclCategories.Write : 0;
            all |= Has(CommandFlags.ReadOnly) && (all & AclCategories.Scripting) == 0 ? AclCategories.Read : 0;
            all |= Has(CommandFlags.Admin) ? AclCategories.Admin | AclCategories.Dangerous : 0;
            all |= Has(CommandFlags.PubSub) ? AclCategories.PubSub : 0;
            all |= Has(CommandFlags.Fast) ? AclCategories.Fast : AclCategories.Slow;
            all |= Has(CommandFlags.Blocking) ? AclCategories.Blocking : 0;
            return all;
        }
    }

    /// <summary>Whether any of <paramref name="flags"/> is set.</summary>
    public bool Has(CommandFlags flags) => (_flags & flags) != 0;

    /// <summary>Whether <paramref name="argumentCount"/> arguments, the name included, satisfy the arity.</summary>
    public bool AcceptsCount(int argumentCount) => Arity >= 0 ? argumentCount == Arity : argumentCount >= -Arity;

    /// <summary>The served subcommand named <paramref name="name"/>, in any case; null if there is none.</summary>
    public CommandRow? FindSubcommand(ReadOnlySpan<byte> name)
    {
        foreach (CommandRow subcommand in Subcommands)
        {
            if (subcommand.Handler is not null && Ascii.EqualsIgnoreCase(subcommand.NameBytes.Span, name))
            {
                return subcommand;
            }
        }

        return null;
    }

    internal void Join(CommandGroup group, CommandRow? parent, ref int nextId)
    {
        if (Id >= 0)
        {
            return;
        }

        Group = group;
        Parent = parent;
        FullName = parent is null ? Name : parent.Name + "|" + Name;
        Id = nextId++;
        foreach (CommandRow subcommand in Subcommands)
        {
            subcommand.Join(group, this, ref nextId);
        }
    }
}
