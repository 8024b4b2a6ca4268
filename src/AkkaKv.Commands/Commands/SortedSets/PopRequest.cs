using AkkaKv.Commands.Execution;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>What ZMPOP and BZMPOP are asked for: numkeys key [key ...] MIN|MAX [COUNT count].</summary>
/// <param name="FirstKey">The argument that is the first key.</param>
/// <param name="KeyCount">How many keys.</param>
/// <param name="FromTop">Whether the highest are taken.</param>
/// <param name="Count">How many are wanted.</param>
internal readonly record struct PopRequest(int FirstKey, int KeyCount, bool FromTop, long Count)
{
    /// <summary>Reads the arguments from the number of keys on; on failure the error is written.</summary>
    public static bool TryRead(CommandContext context, int numkeysIndex, out PopRequest request)
    {
        request = default;
        if (!DecimalNumber.TryParse(context.Args[numkeysIndex], out long keys) || keys < 1)
        {
            context.Reply.Error("ERR numkeys should be greater than 0"u8);
            return false;
        }

        long where = numkeysIndex + 1 + Math.Min(keys, context.Args.Count);
        if (where >= context.Args.Count || !TryReadEnd(context, (int)where, out bool fromTop))
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        long count = -1;
        for (int i = (int)where + 1; i < context.Args.Count; i += 2)
        {
            if (count != -1 || i + 1 == context.Args.Count || !context.IsWord(i, "COUNT"u8))
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }

            if (!DecimalNumber.TryParse(context.Args[i + 1], out count) || count < 1)
            {
                context.Reply.Error("ERR count should be greater than 0"u8);
                return false;
            }
        }

        request = new PopRequest(numkeysIndex + 1, (int)keys, fromTop, count == -1 ? 1 : count);
        return true;
    }

    private static bool TryReadEnd(CommandContext context, int index, out bool fromTop)
    {
        fromTop = context.IsWord(index, "MAX"u8);
        return fromTop || context.IsWord(index, "MIN"u8);
    }
}
