using System.Text;

namespace AkkaKv.Commands.Table;

/// <summary>
/// All commands of Redis 7.0, from the rows of each group. Rows without handler are known but not served. Looking a command up takes no memory.
/// </summary>
public sealed class CommandTable
{
    private readonly CommandRow?[] _slots;

    private CommandTable(params ReadOnlySpan<(CommandGroup Group, CommandRow[] Rows)> groups)
    {
        var rows = new List<CommandRow>();
        int nextId = 0;
        foreach ((CommandGroup group, CommandRow[] groupRows) in groups)
        {
            foreach (CommandRow row in groupRows)
            {
                row.Join(group, parent: null, ref nextId);
                rows.Add(row);
            }
        }

        Rows = [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)];
        IdCount = nextId;
        _slots = new CommandRow?[1024];
        foreach (CommandRow row in rows)
        {
            uint slot = Hash(row.NameBytes.Span);
            while (_slots[slot % _slots.Length] is { } taken)
            {
                if (taken.Name == row.Name)
                {
                    throw new InvalidOperationException($"The command table has two rows named '{row.Name}'.");
                }

                slot++;
            }

            _slots[slot % _slots.Length] = row;
        }
    }

    /// <summary>The table.</summary>
    public static CommandTable Default { get; } = new(
        (CommandGroup.Generic, GenericRows.Rows),
        (CommandGroup.String, StringRows.Rows),
        (CommandGroup.List, ListRows.Rows),
        (CommandGroup.Set, SetRows.Rows),
        (CommandGroup.SortedSet, SortedSetRows.Rows),
        (CommandGroup.Hash, HashRows.Rows),
        (CommandGroup.PubSub, PubSubRows.Rows),
        (CommandGroup.Transactions, TransactionsRows.Rows),
        (CommandGroup.Connection, ConnectionRows.Rows),
        (CommandGroup.Server, ServerRows.Rows),
        (CommandGroup.Server, ServerInspectionRows.Rows),
        (CommandGroup.Server, ServerReplicationRows.Rows),
        (CommandGroup.Server, ServerSecurityRows.Rows),
        (CommandGroup.Scripting, ScriptingRows.Rows),
        (CommandGroup.HyperLogLog, HyperLogLogRows.Rows),
        (CommandGroup.Cluster, ClusterRows.Rows),
        (CommandGroup.Geo, GeoRows.Rows),
        (CommandGroup.Stream, StreamRows.Rows),
        (CommandGroup.Bitmap, BitmapRows.Rows));

    /// <summary>All rows, containers and plain commands, by name.</summary>
    public IReadOnlyList<CommandRow> Rows { get; }

    /// <summary>The rows that clients can use, by name.</summary>
    public IEnumerable<CommandRow> Served => Rows.Where(row => row.IsServed);

    /// <summary>All rows with their subcommands' rows.</summary>
    public IEnumerable<CommandRow> RowsAndSubcommands => Rows.SelectMany(row => row.Subcommands.Prepend(row));

    /// <summary>One more than the highest <see cref="CommandRow.Id"/>.</summary>
    public int IdCount { get; }

    /// <summary>The row named <paramref name="name"/>, in any case, served or not; null if Redis has none.</summary>
    public CommandRow? Find(ReadOnlySpan<byte> name)
    {
        uint slot = Hash(name);
        while (_slots[slot % _slots.Length] is { } row)
        {
            if (Ascii.EqualsIgnoreCase(row.NameBytes.Span, name))
            {
                return row;
            }

            slot++;
        }

        return null;
    }

    /// <summary>The served row that a request means, its subcommand's row if it has one; null if there is none.</summary>
    public CommandRow? FindForCall(in Protocol.Arguments request)
    {
        CommandRow? row = Find(request[0]);
        if (row is { Subcommands.Count: > 0 } && request.Count > 1)
        {
            return row.FindSubcommand(request[1]);
        }

        return row is { IsServed: true } ? row : null;
    }

    /// <summary>A served row by its full name (<c>get</c>, <c>config|get</c>), in any case; null if there is none.</summary>
    public CommandRow? FindServed(ReadOnlySpan<byte> fullName)
    {
        int separator = fullName.IndexOf((byte)'|');
        CommandRow? row = Find(separator < 0 ? fullName : fullName[..separator]);
        if (row is null || !row.IsServed)
        {
            return null;
        }

        return separator < 0 ? row : row.FindSubcommand(fullName[(separator + 1)..]);
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte value in name)
        {
            hash = (hash ^ (value | 0x20u)) * 16777619;
        }

        return hash;
    }
}
