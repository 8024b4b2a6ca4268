using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>What several commands on lists begin with.</summary>
internal static class ListLookup
{
    /// <summary>The list of an entry to change, or a new one where the entry is missing: it must get an element.</summary>
    public static ListEditor OpenList(this CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (entry.Exists)
        {
            return context.Database.EditList(entry);
        }

        ListEditor created = context.Database.CreateList(key);
        context.Touch(context.Database.Find(key));
        return created;
    }

    /// <summary>Reads argument <paramref name="index"/> as an integer of at least <paramref name="least"/>; anything else is answered with that error.</summary>
    public static bool TryReadAtLeast(this CommandContext context, int index, long least, ReadOnlySpan<byte> error, out long value)
    {
        if (DecimalNumber.TryParse(context.Args[index], out value) && value >= least)
        {
            return true;
        }

        context.Reply.Error(error);
        return false;
    }
}
