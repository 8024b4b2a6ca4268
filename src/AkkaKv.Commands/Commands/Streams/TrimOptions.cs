using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>What XADD and XTRIM have in common: MAXLEN | MINID [= | ~] threshold [LIMIT count], and for XADD what stands before and in the id.</summary>
internal struct TrimOptions
{
    // What ~ may take out at most unless LIMIT says otherwise: as many nodes full of entries, but no more entries than this.
    private const long DefaultNodes = 100;
    private const long DefaultEntries = 10_000;
    private const long DefaultEntriesMax = 1_000_000;

    /// <summary>The argument with the threshold; 0 if nothing is trimmed.</summary>
    public int ThresholdArgument;

    /// <summary>How is trimmed.</summary>
    public StreamTrim Trim;

    /// <summary>XADD's NOMKSTREAM.</summary>
    public bool IsForExistingOnly;

    /// <summary>The argument with XADD's id.</summary>
    public int IdArgument;

    /// <summary>The id that XADD was given, if one was.</summary>
    public StreamId Id;

    /// <summary>XADD's id is "*".</summary>
    public bool IsAutomatic;

    /// <summary>XADD's id was given with its sequence number.</summary>
    public bool HasSequence;

    /// <summary>Whether the stream is trimmed.</summary>
    public readonly bool Trims => ThresholdArgument > 0;

    /// <summary>Reads XADD's arguments up to the id; on failure the error is written.</summary>
    public static bool TryReadForAdd(CommandContext context, out TrimOptions options) => TryRead(context, isAdd: true, out options);

    /// <summary>Reads XTRIM's arguments; on failure the error is written.</summary>
    public static bool TryReadForTrim(CommandContext context, out TrimOptions options) => TryRead(context, isAdd: false, out options);

    private static bool TryRead(CommandContext context, bool isAdd, out TrimOptions options)
    {
        options = default;
        long? limit = null;
        int count = context.Args.Count;
        for (int i = 2; i < count; i++)
        {
            bool hasMore = i + 1 < count;
            if (isAdd && context.Args[i].SequenceEqual("*"u8))
            {
                options.IdArgument = i;
                options.IsAutomatic = true;
                break;
            }

            if (hasMore && (context.IsWord(i, "MAXLEN"u8) || context.IsWord(i, "MINID"u8)))
            {
                if (!options.TryReadThreshold(context, ref i))
                {
                    return false;
                }
            }
            else if (hasMore && context.IsWord(i, "LIMIT"u8))
            {
                if (!context.TryReadInteger(++i, out long given))
                {
                    return false;
                }

                if (given < 0)
                {
                    context.Reply.Error("ERR The LIMIT argument must be >= 0."u8);
                    return false;
                }

                limit = given;
            }
            else if (isAdd && context.IsWord(i, "NOMKSTREAM"u8))
            {
                options.IsForExistingOnly = true;
            }
            else if (isAdd)
            {
                options.IdArgument = i;
                if (!context.TryReadNewId(i, out options.Id, out options.HasSequence))
                {
                    return false;
                }

                break;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return options.TryCheck(context, isAdd, limit);
    }

    private bool TryReadThreshold(CommandContext context, ref int index)
    {
        if (Trims)
        {
            context.Reply.Error("ERR syntax error, MAXLEN and MINID options at the same time are not compatible"u8);
            return false;
        }

        bool isLength = context.IsWord(index, "MAXLEN"u8);
        bool isApproximate = false;
        if (index + 2 < context.Args.Count && context.Args[index + 1] is [(byte)'~'] or [(byte)'='])
        {
            isApproximate = context.Args[++index][0] == '~';
        }

        ThresholdArgument = ++index;
        if (!isLength)
        {
            bool isId = context.TryReadId(index, out StreamId minId);
            Trim = new StreamTrim(null, minId, isApproximate, 0);
            return isId;
        }

        if (!context.TryReadInteger(index, out long maxLength))
        {
            return false;
        }

        if (maxLength < 0)
        {
            context.Reply.Error("ERR The MAXLEN argument must be >= 0."u8);
            return false;
        }

        Trim = new StreamTrim(maxLength, default, isApproximate, 0);
        return true;
    }

    private bool TryCheck(CommandContext context, bool isAdd, long? limit)
    {
        if (limit > 0 && !Trims)
        {
            context.Reply.Error("ERR syntax error, LIMIT cannot be used without specifying a trimming strategy"u8);
            return false;
        }

        if (!isAdd && !Trims)
        {
            context.Reply.Error("ERR syntax error, XTRIM must be called with a trimming strategy"u8);
            return false;
        }

        // A master has trimmed exactly what it tells its replicas to trim.
        if (context.IsFromMaster)
        {
            return true;
        }

        if (limit is not null && !Trim.IsApproximate)
        {
            context.Reply.Error("ERR syntax error, LIMIT cannot be used without the special ~ option"u8);
            return false;
        }

        if (Trim.IsApproximate)
        {
            Trim = Trim with { Limit = limit ?? DefaultLimit(context.Settings.Encodings.StreamNodeMaxEntries) };
        }

        return true;
    }

    private static long DefaultLimit(long nodeEntries) =>
        nodeEntries == 0 ? DefaultEntries : Math.Min(Math.Min(nodeEntries, DefaultEntriesMax) * DefaultNodes, DefaultEntriesMax);
}
