using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>KEYS, SCAN and RANDOMKEY.</summary>
internal static class EnumerationCommands
{
    private const long DefaultCount = 10;

    // A table with few keys in many buckets must not make one SCAN walk it all.
    private const long StepsPerKeyWanted = 10;

    // When all keys expire and are not removed, drawing again and again might never find one that has not expired yet.
    private const int RandomTriesMax = 100;

    /// <summary>KEYS pattern.</summary>
    public static void Keys(CommandContext context)
    {
        OpenAggregate array = context.Reply.BeginArray();
        KeyCollector collector = new()
        {
            Reply = context.Reply,
            Pattern = context.Args[1],
            NowMs = context.NowMs,
        };
        ulong cursor = 0;
        do
        {
            cursor = context.Database.Scan(cursor, ref collector, KeyCollector.Visit);
        }
        while (cursor != 0);
        context.Reply.EndArray(array, collector.Count);
    }

    /// <summary>SCAN cursor [MATCH pattern] [COUNT n] [TYPE name].</summary>
    public static void Scan(CommandContext context)
    {
        if (!ScanCursor.TryParse(context.Args[1], out ulong cursor))
        {
            context.Reply.Error("ERR invalid cursor"u8);
            return;
        }

        KeyCollector collector = new() { Reply = context.Reply, Pattern = "*"u8, NowMs = context.NowMs };
        if (!TryParseScanOptions(context, ref collector, out long count))
        {
            return;
        }

        // The cursor stands before the keys in the reply, so the keys are gathered aside first.
        OutputBuffer gathered = new();
        List<byte[]> expired = [];
        collector.Reply = new ReplyWriter(gathered);
        collector.Expired = expired;
        long stepsLeft = count > long.MaxValue / StepsPerKeyWanted ? long.MaxValue : count * StepsPerKeyWanted;
        do
        {
            cursor = context.Database.Scan(cursor, ref collector, KeyCollector.Visit);
        }
        while (cursor != 0 && stepsLeft-- > 0 && collector.Seen < count);
        context.Reply.Array(2);
        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        System.Buffers.Text.Utf8Formatter.TryFormat(cursor, digits, out int length);
        context.Reply.Bulk(digits[..length]);
        context.Reply.Array(collector.Count);
        if (!context.Reply.Muted)
        {
            gathered.MoveTo(context.Reply.Output);
        }

        gathered.Clear();
        foreach (byte[] key in expired)
        {
            context.LookupQuiet(key);
        }
    }

    /// <summary>RANDOMKEY: null when there is none.</summary>
    public static void RandomKey(CommandContext context)
    {
        // On a replica an expired key stays until the master removes it, and all keys may be of that kind.
        bool mayFindNone = !context.Engine.ExpiresKeys(context.NowMs) && context.Database.ExpiringCount == context.Database.Count;
        for (int tries = 0; context.Database.Count > 0; tries++)
        {
            Entry entry = context.Database.RandomEntry(context.Engine.NextRandom());
            if (!entry.IsExpired(context.NowMs) || (mayFindNone && tries == RandomTriesMax))
            {
                context.Reply.Bulk(entry.Key);
                return;
            }

            context.LookupQuiet(entry.Key);
        }

        context.Reply.NullBulk();
    }

    private static bool TryParseScanOptions(CommandContext context, ref KeyCollector collector, out long count)
    {
        count = DefaultCount;
        for (int i = 2; i < context.Args.Count; i += 2)
        {
            ReadOnlySpan<byte> word = context.Args[i];
            bool hasValue = i + 1 < context.Args.Count;
            if (Ascii.EqualsIgnoreCase(word, "COUNT"u8) && hasValue)
            {
                if (!context.TryReadInteger(i + 1, out count))
                {
                    return false;
                }

                if (count < 1)
                {
                    context.Reply.Error(ErrorText.Syntax);
                    return false;
                }
            }
            else if (Ascii.EqualsIgnoreCase(word, "MATCH"u8) && hasValue)
            {
                collector.Pattern = context.Args[i + 1];
            }
            else if (Ascii.EqualsIgnoreCase(word, "TYPE"u8) && hasValue)
            {
                collector.TypeName = context.Args[i + 1];
                collector.HasTypeName = true;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the keys that are wanted while the table is walked, which must not change meanwhile.</summary>
    private ref struct KeyCollector
    {
        public ReplyWriter Reply;
        public ReadOnlySpan<byte> Pattern;
        public ReadOnlySpan<byte> TypeName;
        public bool HasTypeName;
        public long NowMs;

        /// <summary>Keys that fit but have expired, to be removed afterwards; null: they are only passed over.</summary>
        public List<byte[]>? Expired;

        /// <summary>How many keys were visited.</summary>
        public long Seen;

        /// <summary>How many keys were written.</summary>
        public long Count;

        public static void Visit(ref KeyCollector collector, Entry entry)
        {
            collector.Seen++;
            ReadOnlySpan<byte> key = entry.Key;
            if (!GlobPattern.IsMatchAll(collector.Pattern) && !GlobPattern.IsMatch(collector.Pattern, key))
            {
                return;
            }

            if (entry.IsExpired(collector.NowMs))
            {
                collector.Expired?.Add(key.ToArray());
                return;
            }

            if (!collector.HasTypeName || TypeNames.Is(entry.Type, collector.TypeName))
            {
                collector.Reply.Bulk(key);
                collector.Count++;
            }
        }
    }
}
