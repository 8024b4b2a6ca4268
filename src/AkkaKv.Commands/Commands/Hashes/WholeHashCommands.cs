using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>HGETALL, HKEYS, HVALS and HSCAN: all fields of a hash.</summary>
internal static class WholeHashCommands
{
    /// <summary>HGETALL key: a map.</summary>
    public static void GetAll(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Map(0);
            return;
        }

        HashView hash = context.Database.ReadHash(entry);
        context.Reply.Map(hash.Count);
        foreach (HashField field in hash)
        {
            context.Reply.Bulk(field.Name);
            context.Reply.Bulk(field.Value);
        }
    }

    /// <summary>HKEYS key.</summary>
    public static void Fields(CommandContext context)
    {
        if (!TryBeginArray(context, out HashView hash))
        {
            return;
        }

        foreach (HashField field in hash)
        {
            context.Reply.Bulk(field.Name);
        }
    }

    /// <summary>HVALS key.</summary>
    public static void Values(CommandContext context)
    {
        if (!TryBeginArray(context, out HashView hash))
        {
            return;
        }

        foreach (HashField field in hash)
        {
            context.Reply.Bulk(field.Value);
        }
    }

    /// <summary>HSCAN key cursor [MATCH pattern] [COUNT n].</summary>
    public static void Scan(CommandContext context)
    {
        ElementScan? scan = ElementScan.TryBegin(context, DataType.Hash, out ulong cursor, out Entry entry);
        if (scan is null)
        {
            return;
        }

        HashView hash = context.Database.ReadHash(entry);
        do
        {
            cursor = hash.Scan(cursor, ref scan, Write);
        }
        while (scan.GoesOn(cursor));
        scan.End(cursor);
    }

    private static bool TryBeginArray(CommandContext context, out HashView hash)
    {
        hash = default;
        if (!context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return false;
        }

        if (!entry.Exists)
        {
            context.Reply.Array(0);
            return false;
        }

        hash = context.Database.ReadHash(entry);
        context.Reply.Array(hash.Count);
        return true;
    }

    private static void Write(ref ElementScan scan, HashField field)
    {
        Span<byte> scratch = stackalloc byte[Keyspace.Values.Element.ScratchSize];
        if (scan.Matches(field.Name.AsBytes(scratch)))
        {
            scan.Reply.Bulk(field.Name);
            scan.Reply.Bulk(field.Value);
            scan.Wrote(2);
        }
    }
}
