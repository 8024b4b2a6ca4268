using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZSCAN key cursor [MATCH pattern] [COUNT n]: members and scores in one flat array.</summary>
internal static class ScanCommand
{
    // Up to here a compact sorted set has whole scores as integers, and shows them so.
    private const double WholeScoreMax = 1L << 62;

    public static void Execute(CommandContext context)
    {
        ElementScan? scan = ElementScan.TryBegin(context, DataType.ZSet, out ulong cursor, out Entry entry);
        if (scan is null)
        {
            return;
        }

        SortedSetView view = context.Database.ReadSortedSet(entry);
        do
        {
            cursor = view.Scan(cursor, ref scan, entry.IsCompact ? WriteCompact : Write);
        }
        while (scan.GoesOn(cursor));
        scan.End(cursor);
    }

    private static void Write(ref ElementScan scan, Element member, double score)
    {
        Span<byte> scratch = stackalloc byte[32];
        if (scan.Matches(member.AsBytes(scratch)))
        {
            scan.Reply.Bulk(member);
            scan.Reply.Bulk(scratch[..ReplyWriter.FormatDouble(score, scratch)]);
            scan.Wrote(2);
        }
    }

    private static void WriteCompact(ref ElementScan scan, Element member, double score)
    {
        if (Math.Abs(score) > WholeScoreMax || score != (long)score)
        {
            Write(ref scan, member, score);
            return;
        }

        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        if (scan.Matches(member.AsBytes(scratch)))
        {
            scan.Reply.Bulk(member);
            scan.Reply.BulkInteger((long)score);
            scan.Wrote(2);
        }
    }
}
