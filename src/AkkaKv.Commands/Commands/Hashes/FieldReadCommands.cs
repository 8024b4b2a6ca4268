using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>HGET, HMGET, HEXISTS, HSTRLEN and HLEN: single fields of hashes, and their number.</summary>
internal static class FieldReadCommands
{
    /// <summary>HGET key field: null if there is none.</summary>
    public static void Get(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return;
        }

        if (entry.Exists && context.Database.ReadHash(entry).TryGet(context.Args[2], out Element value))
        {
            context.Reply.Bulk(value);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    /// <summary>HMGET key field…: null for each that is missing.</summary>
    public static void MultiGet(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return;
        }

        int count = context.Args.Count;
        HashView hash = entry.Exists ? context.Database.ReadHash(entry) : default;
        context.Reply.Array(count - 2);
        for (int i = 2; i < count; i++)
        {
            if (entry.Exists && hash.TryGet(context.Args[i], out Element value))
            {
                context.Reply.Bulk(value);
            }
            else
            {
                context.Reply.NullBulk();
            }
        }
    }

    /// <summary>HEXISTS key field.</summary>
    public static void Exists(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            context.Reply.Integer(entry.Exists && context.Database.ReadHash(entry).Contains(context.Args[2]) ? 1 : 0);
        }
    }

    /// <summary>HSTRLEN key field: 0 if there is none.</summary>
    public static void ValueLength(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            context.Reply.Integer(entry.Exists && context.Database.ReadHash(entry).TryGet(context.Args[2], out Element value) ? value.Length : 0);
        }
    }

    /// <summary>HLEN key.</summary>
    public static void Length(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadHash(entry).Count : 0);
        }
    }
}
