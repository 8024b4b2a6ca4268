using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>The arguments of XREAD and XREADGROUP: [GROUP group consumer] [COUNT n] [BLOCK ms] [NOACK] STREAMS key… id….</summary>
internal struct ReadRequest
{
    /// <summary>Whether it is XREADGROUP.</summary>
    public bool IsForGroup;

    /// <summary>The argument with the group's name; the consumer's stands behind it. 0: none.</summary>
    public int GroupArgument;

    /// <summary>How many entries of each stream; 0: all.</summary>
    public long Count;

    /// <summary>Whether to wait if there is nothing.</summary>
    public bool Waits;

    /// <summary>Until when, Unix milliseconds.</summary>
    public long DeadlineMs;

    /// <summary>What is delivered counts as acknowledged.</summary>
    public bool NoAck;

    /// <summary>The argument with the first key.</summary>
    public int FirstKey;

    /// <summary>How many keys, and as many ids.</summary>
    public int KeyCount;

    /// <summary>Reads the arguments but the ids; on failure the error is written.</summary>
    public static bool TryRead(CommandContext context, bool isForGroup, out ReadRequest request)
    {
        request = new ReadRequest { IsForGroup = isForGroup };
        for (int i = 1; i < context.Args.Count && request.FirstKey == 0; i++)
        {
            if (!request.TryReadOption(context, ref i))
            {
                return false;
            }
        }

        if (request.FirstKey == 0)
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        if (isForGroup && request.GroupArgument == 0)
        {
            context.Reply.Error("ERR Missing GROUP option for XREADGROUP"u8);
            return false;
        }

        return true;
    }

    /// <summary>Behind which entry of each stream reading begins: <see cref="StreamId.Max"/> for what the group has not seen. On failure the error is written.</summary>
    public readonly bool TryReadIds(CommandContext context, Span<StreamId> ids)
    {
        for (int i = 0; i < KeyCount; i++)
        {
            if (!context.TryRead(context.Args[FirstKey + i], DataType.Stream, out Entry entry) || !TryReadId(context, i, entry, out ids[i]))
            {
                return false;
            }
        }

        return true;
    }

    private readonly bool TryReadId(CommandContext context, int number, Entry entry, out StreamId id)
    {
        int argument = FirstKey + KeyCount + number;
        ReadOnlySpan<byte> key = context.Args[FirstKey + number];
        id = StreamId.Max;
        if (IsForGroup && (!entry.Exists || !context.Database.ReadStream(entry).FindGroup(context.Args[GroupArgument]).Exists))
        {
            context.Reply.Error(
                $"NOGROUP No such key '{StreamReplies.Shown(key)}' or consumer group '{StreamReplies.Shown(context.Args[GroupArgument])}' in XREADGROUP with GROUP option");
            return false;
        }

        if (IsText(context.Args[argument], "$"u8))
        {
            id = entry.Exists ? context.Database.ReadStream(entry).LastId : StreamId.Min;
            if (IsForGroup)
            {
                context.Reply.Error("ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result set."u8);
            }

            return !IsForGroup;
        }

        if (IsText(context.Args[argument], ">"u8))
        {
            if (!IsForGroup)
            {
                context.Reply.Error("ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option."u8);
            }

            return IsForGroup;
        }

        return context.TryReadId(argument, out id);
    }

    private bool TryReadOption(CommandContext context, ref int index)
    {
        int left = context.Args.Count - index - 1;
        if (left > 0 && context.IsWord(index, "BLOCK"u8))
        {
            Waits = true;
            return context.TryReadTimeoutMilliseconds(++index, out DeadlineMs);
        }

        if (left > 0 && context.IsWord(index, "COUNT"u8))
        {
            bool isNumber = context.TryReadInteger(++index, out Count);
            Count = Math.Max(Count, 0);
            return isNumber;
        }

        if (left > 0 && context.IsWord(index, "STREAMS"u8))
        {
            FirstKey = index + 1;
            KeyCount = left / 2;
            if (left % 2 == 0)
            {
                return true;
            }

            return Refuse(context, "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified."u8);
        }

        if (left > 1 && context.IsWord(index, "GROUP"u8))
        {
            GroupArgument = index + 1;
            index += 2;
            return IsForGroup || Refuse(context, "ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead."u8);
        }

        if (context.IsWord(index, "NOACK"u8))
        {
            NoAck = true;
            return IsForGroup || Refuse(context, "ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead."u8);
        }

        return Refuse(context, ErrorText.Syntax);
    }

    private static bool Refuse(CommandContext context, ReadOnlySpan<byte> error)
    {
        context.Reply.Error(error);
        return false;
    }

    private static bool IsText(ReadOnlySpan<byte> argument, ReadOnlySpan<byte> text) =>
        argument.StartsWith(text) && (argument.Length == 1 || argument[1] == 0);
}
