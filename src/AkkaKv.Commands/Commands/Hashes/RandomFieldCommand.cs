using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>HRANDFIELD key [count [WITHVALUES]]: with a negative count the same field may come more than once.</summary>
internal static class RandomFieldCommand
{
    // From this part of the hash on it is cheaper to walk it once than to draw until enough different fields have come.
    private const int WalkFromPart = 3;

    public static void Execute(CommandContext context)
    {
        if (context.Args.Count == 2)
        {
            ReplyOne(context);
            return;
        }

        if (!TryReadArguments(context, out long count, out bool withValues)
            || !context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return;
        }

        if (!entry.Exists || count == 0)
        {
            context.Reply.Array(0);
            return;
        }

        if (Repetitions.Refuse(context, count))
        {
            return;
        }

        HashView hash = context.Database.ReadHash(entry);
        if (count < 0)
        {
            Begin(context, -count, withValues);
            for (; count < 0; count++)
            {
                Write(context, hash.Random(context.Engine.NextRandom()), withValues);
            }
        }
        else
        {
            count = Math.Min(count, hash.Count);
            Begin(context, count, withValues);
            if (count > hash.Count / WalkFromPart)
            {
                WriteByWalk(context, hash, count, withValues);
            }
            else
            {
                WriteByDrawing(context, hash, count, withValues);
            }
        }
    }

    private static void ReplyOne(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.Hash, out Entry entry))
        {
            return;
        }

        if (entry.Exists)
        {
            context.Reply.Bulk(context.Database.ReadHash(entry).Random(context.Engine.NextRandom()).Name);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    private static bool TryReadArguments(CommandContext context, out long count, out bool withValues)
    {
        withValues = context.Args.Count > 3;
        if (!context.TryReadInteger(2, out count))
        {
            return false;
        }

        if (count == long.MinValue)
        {
            context.Reply.Error("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807"u8);
            return false;
        }

        if (context.Args.Count > 4 || (withValues && !context.IsWord(3, "WITHVALUES"u8)))
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        if (withValues && count is < -(long.MaxValue / 2) or > long.MaxValue / 2)
        {
            context.Reply.Error("ERR value is out of range"u8);
            return false;
        }

        return true;
    }

    /// <summary>Each field is taken with the probability that as many of the rest are wanted (selection sampling).</summary>
    private static void WriteByWalk(CommandContext context, HashView hash, long wanted, bool withValues)
    {
        long left = hash.Count;
        foreach (HashField field in hash)
        {
            if (wanted == left || (long)Math.BigMul(context.Engine.NextRandom(), (ulong)left, out _) < wanted)
            {
                Write(context, field, withValues);
                if (--wanted == 0)
                {
                    return;
                }
            }

            left--;
        }
    }

    private static void WriteByDrawing(CommandContext context, HashView hash, long wanted, bool withValues)
    {
        HashSet<byte[]> drawn = new(ByteKeyComparer.Instance);
        HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> names = drawn.GetAlternateLookup<ReadOnlySpan<byte>>();
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        while (drawn.Count < wanted)
        {
            HashField field = hash.Random(context.Engine.NextRandom());
            if (names.Add(field.Name.AsBytes(scratch)))
            {
                Write(context, field, withValues);
            }
        }
    }

    private static void Begin(CommandContext context, long count, bool withValues) =>
        context.Reply.Array(withValues && context.Reply.RespVersion == 2 ? count * 2 : count);

    private static void Write(CommandContext context, HashField field, bool withValues)
    {
        if (withValues && context.Reply.RespVersion > 2)
        {
            context.Reply.Array(2);
        }

        context.Reply.Bulk(field.Name);
        if (withValues)
        {
            context.Reply.Bulk(field.Value);
        }
    }
}
