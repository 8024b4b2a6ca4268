using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>SCARD, SISMEMBER, SMISMEMBER, SMEMBERS and SSCAN.</summary>
internal static class MembershipCommands
{
    /// <summary>SCARD key.</summary>
    public static void Count(CommandContext context)
    {
        if (context.TryReadSet(context.Args[1], out SetView set, out bool isMissing))
        {
            context.Reply.Integer(set.Count);
        }
        else if (isMissing)
        {
            context.Reply.Integer(0);
        }
    }

    /// <summary>SISMEMBER key member: 1 or 0.</summary>
    public static void IsMember(CommandContext context)
    {
        if (context.TryReadSet(context.Args[1], out SetView set, out bool isMissing))
        {
            context.Reply.Integer(set.Contains(context.Args[2]) ? 1 : 0);
        }
        else if (isMissing)
        {
            context.Reply.Integer(0);
        }
    }

    /// <summary>SMISMEMBER key member…: 1 or 0 for each.</summary>
    public static void AreMembers(CommandContext context)
    {
        if (!context.TryReadSet(context.Args[1], out SetView set, out bool isMissing) && !isMissing)
        {
            return;
        }

        context.Reply.Array(context.Args.Count - 2);
        for (int i = 2; i < context.Args.Count; i++)
        {
            context.Reply.Integer(!isMissing && set.Contains(context.Args[i]) ? 1 : 0);
        }
    }

    /// <summary>SMEMBERS key.</summary>
    public static void Members(CommandContext context)
    {
        if (context.TryReadSet(context.Args[1], out SetView set, out bool isMissing))
        {
            ReplyAll(context, set);
        }
        else if (isMissing)
        {
            context.Reply.Set(0);
        }
    }

    /// <summary>SSCAN key cursor [MATCH pattern] [COUNT n].</summary>
    public static void Scan(CommandContext context)
    {
        ElementScan? scan = ElementScan.TryBegin(context, DataType.Set, out ulong cursor, out Entry entry);
        if (scan is null)
        {
            return;
        }

        SetView set = context.Database.ReadSet(entry);
        do
        {
            cursor = set.Scan(cursor, ref scan, Write);
        }
        while (scan.GoesOn(cursor));
        scan.End(cursor);
    }

    /// <summary>Answers a whole set as a set.</summary>
    public static void ReplyAll(CommandContext context, SetView set)
    {
        context.Reply.Set(set.Count);
        foreach (Element member in set)
        {
            context.Reply.Bulk(member);
        }
    }

    private static void Write(ref ElementScan scan, Element member)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        if (scan.Matches(member.AsBytes(scratch)))
        {
            scan.Reply.Bulk(member);
            scan.Wrote(1);
        }
    }
}
