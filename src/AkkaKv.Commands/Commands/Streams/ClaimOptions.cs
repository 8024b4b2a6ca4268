using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>What stands behind XCLAIM's ids.</summary>
internal struct ClaimOptions
{
    /// <summary>The argument behind the last id.</summary>
    public int FirstOption;

    /// <summary>When the entries count as delivered, Unix milliseconds.</summary>
    public long DeliveredAtMs;

    /// <summary>How often they count as delivered, or null: once more.</summary>
    public long? Deliveries;

    /// <summary>Entries that are pending nowhere are claimed too.</summary>
    public bool Forces;

    /// <summary>Only ids are answered, and the deliveries are not counted.</summary>
    public bool JustIds;

    /// <summary>What has at least been delivered to the group.</summary>
    public StreamId LastId;

    /// <summary>Reads everything from the first id on; on failure the error is written. What is no id begins the options.</summary>
    public static bool TryRead(CommandContext context, out ClaimOptions options)
    {
        options = default;
        options.DeliveredAtMs = -1;
        int i = 5;
        while (i < context.Args.Count && StreamIdText.TryParse(context.Args[i], isStrict: true, 0, out _, out bool hasSequence) && hasSequence)
        {
            i++;
        }

        options.FirstOption = i;
        for (; i < context.Args.Count; i++)
        {
            if (!options.TryReadOne(context, ref i))
            {
                return false;
            }
        }

        if (options.DeliveredAtMs < 0 || options.DeliveredAtMs > context.NowMs)
        {
            options.DeliveredAtMs = context.NowMs;
        }

        return true;
    }

    private bool TryReadOne(CommandContext context, ref int index)
    {
        bool hasMore = index + 1 < context.Args.Count;
        if (context.IsWord(index, "FORCE"u8))
        {
            Forces = true;
            return true;
        }

        if (context.IsWord(index, "JUSTID"u8))
        {
            JustIds = true;
            return true;
        }

        if (hasMore && context.IsWord(index, "IDLE"u8))
        {
            bool isNumber = ClaimCommands.TryReadNumber(context, ++index, "ERR Invalid IDLE option argument for XCLAIM"u8, out long idle);
            DeliveredAtMs = unchecked(context.NowMs - idle);
            return isNumber;
        }

        if (hasMore && context.IsWord(index, "TIME"u8))
        {
            return ClaimCommands.TryReadNumber(context, ++index, "ERR Invalid TIME option argument for XCLAIM"u8, out DeliveredAtMs);
        }

        if (hasMore && context.IsWord(index, "RETRYCOUNT"u8))
        {
            bool isNumber = ClaimCommands.TryReadNumber(context, ++index, "ERR Invalid RETRYCOUNT option argument for XCLAIM"u8, out long count);
            Deliveries = count >= 0 ? count : null;
            return isNumber;
        }

        if (hasMore && context.IsWord(index, "LASTID"u8))
        {
            return context.TryReadId(++index, out LastId);
        }

        context.Reply.Error($"ERR Unrecognized XCLAIM option '{StreamReplies.Shown(context.Args[index])}'");
        return false;
    }
}
