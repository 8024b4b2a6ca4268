using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>SADD, SREM and SMOVE.</summary>
internal static class MemberCommands
{
    /// <summary>SADD key member…: how many are new.</summary>
    public static void Add(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Set, out Entry entry))
        {
            return;
        }

        SetEditor set = context.OpenSet(key, entry);
        int added = 0;
        for (int i = 2; i < context.Args.Count; i++)
        {
            added += set.Add(context.Args[i]) ? 1 : 0;
        }

        if (added > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(added - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "sadd"u8, key);
        }

        context.Reply.Integer(added);
    }

    /// <summary>SREM key member…: how many there were.</summary>
    public static void Remove(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Set, out Entry entry))
        {
            return;
        }

        int removed = 0;
        bool isEmptied = false;
        if (entry.Exists)
        {
            SetEditor set = context.Database.EditSet(entry);
            for (int i = 2; i < context.Args.Count && !isEmptied; i++)
            {
                if (set.Remove(context.Args[i]))
                {
                    removed++;
                    isEmptied = set.View.Count == 0;
                }
            }
        }

        if (removed > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(removed - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "srem"u8, key);
            if (isEmptied)
            {
                context.RemoveEmptied(key);
            }
        }

        context.Reply.Integer(removed);
    }

    /// <summary>SMOVE source destination member: 1 if the source had it.</summary>
    public static void Move(CommandContext context)
    {
        ReadOnlySpan<byte> from = context.Args[1];
        ReadOnlySpan<byte> to = context.Args[2];
        ReadOnlySpan<byte> member = context.Args[3];
        context.LookupWrite(from);
        Entry target = context.LookupWrite(to);

        // The second look-up may have removed an expired key, which ends the first entry's validity.
        Entry source = context.LookupQuiet(from);
        if (!source.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        if (source.Type != DataType.Set || (target.Exists && target.Type != DataType.Set))
        {
            context.Reply.Error(Execution.ErrorText.WrongType);
            return;
        }

        if (from.SequenceEqual(to))
        {
            context.Reply.Integer(context.Database.ReadSet(source).Contains(member) ? 1 : 0);
            return;
        }

        SetEditor left = context.Database.EditSet(source);
        if (!left.Remove(member))
        {
            context.Reply.Integer(0);
            return;
        }

        bool isEmptied = left.View.Count == 0;
        context.SignalModified(from);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "srem"u8, from);
        if (isEmptied)
        {
            context.RemoveEmptied(from);
        }

        if (context.OpenSet(to, context.Database.Find(to)).Add(member))
        {
            context.SignalModified(to);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "sadd"u8, to);
        }

        context.Reply.Integer(1);
    }
}
