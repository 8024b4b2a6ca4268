using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>HSET, HMSET, HSETNX and HDEL.</summary>
internal static class FieldWriteCommands
{
    /// <summary>HSET key field value…: how many fields are new.</summary>
    public static void Set(CommandContext context)
    {
        if (TrySetAll(context, out int added))
        {
            context.Reply.Integer(added);
        }
    }

    /// <summary>HMSET key field value…, HSET's old name: OK.</summary>
    public static void MultiSet(CommandContext context)
    {
        if (TrySetAll(context, out _))
        {
            context.Reply.Ok();
        }
    }

    /// <summary>HSETNX key field value: 1 if it was set.</summary>
    public static void SetIfAbsent(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryOpenHash(key, out HashEditor hash))
        {
            return;
        }

        if (hash.View.Contains(context.Args[2]))
        {
            context.Reply.Integer(0);
            return;
        }

        hash.Set(context.Args[2], context.Args[3]);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Hash, "hset"u8, key);
        context.Reply.Integer(1);
    }

    /// <summary>HDEL key field…: how many there were.</summary>
    public static void Delete(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Hash, out Entry entry))
        {
            return;
        }

        int deleted = 0;
        bool isEmptied = false;
        if (entry.Exists)
        {
            HashEditor hash = context.Database.EditHash(entry);
            for (int i = 2; i < context.Args.Count && !isEmptied; i++)
            {
                if (hash.Remove(context.Args[i]))
                {
                    deleted++;
                    isEmptied = hash.View.Count == 0;
                }
            }
        }

        if (deleted > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(deleted - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Hash, "hdel"u8, key);
            if (isEmptied)
            {
                context.RemoveEmptied(key);
            }
        }

        context.Reply.Integer(deleted);
    }

    private static bool TrySetAll(CommandContext context, out int added)
    {
        added = 0;
        if (context.Args.Count % 2 != 0)
        {
            context.WrongArgumentCount();
            return false;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryOpenHash(key, out HashEditor hash))
        {
            return false;
        }

        for (int i = 2; i < context.Args.Count; i += 2)
        {
            added += hash.Set(context.Args[i], context.Args[i + 1]) ? 1 : 0;
        }

        context.SignalModified(key);
        context.SignalChanged((context.Args.Count / 2) - 2);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Hash, "hset"u8, key);
        return true;
    }
}
