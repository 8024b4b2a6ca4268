using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>The arguments that LMPOP and BLMPOP share: numkeys key… LEFT|RIGHT [COUNT n].</summary>
/// <param name="FirstKey">The argument that is the first key.</param>
/// <param name="KeyCount">How many keys.</param>
/// <param name="End">Where to take.</param>
/// <param name="Count">How many elements to take at most.</param>
internal readonly record struct ManyKeysRequest(int FirstKey, int KeyCount, ListEnd End, long Count)
{
    /// <summary>Reads them from argument <paramref name="index"/> on; on failure the error is written and false returned.</summary>
    public static bool TryRead(CommandContext context, int index, out ManyKeysRequest request)
    {
        request = default;
        if (!context.TryReadAtLeast(index, 1, "ERR numkeys should be greater than 0"u8, out long keyCount))
        {
            return false;
        }

        if (keyCount >= context.Args.Count - index - 1)
        {
            context.Reply.Error(ErrorText.Syntax);
            return false;
        }

        int place = index + (int)keyCount + 1;
        if (!context.TryReadListEnd(place, out ListEnd end))
        {
            return false;
        }

        long count = 1;
        bool hasCount = false;
        while (++place < context.Args.Count)
        {
            if (hasCount || place + 1 == context.Args.Count || !context.IsWord(place, "COUNT"u8))
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }

            hasCount = true;
            if (!context.TryReadAtLeast(++place, 1, "ERR count should be greater than 0"u8, out count))
            {
                return false;
            }
        }

        request = new ManyKeysRequest(index + 1, (int)keyCount, end, count);
        return true;
    }
}
