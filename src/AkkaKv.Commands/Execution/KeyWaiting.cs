using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>What handlers of commands that wait for keys need. See <see cref="KeyWait"/>.</summary>
public static class KeyWaiting
{
    // More seconds than this are not read as an integer first: they may overflow.
    private const int PlainDigitsMax = 12;

    /// <summary>
    /// Lets the session wait until one of the keys at arguments <paramref name="firstKey"/> and following holds something for <paramref name="wait"/>; the handler
    /// writes nothing then. False where nothing may wait (inside a transaction or a script, on the link from a master): the handler answers at once that there is nothing.
    /// </summary>
    /// <param name="context">The command that found nothing.</param>
    /// <param name="wait">How it goes on.</param>
    /// <param name="firstKey">The argument that is the first key.</param>
    /// <param name="keyCount">How many keys; the same one may stand there twice.</param>
    /// <param name="deadlineMs">When waiting ends, Unix milliseconds, or <see cref="long.MaxValue"/>.</param>
    public static bool TryWaitForKeys(this CommandContext context, KeyWait wait, int firstKey, int keyCount, long deadlineMs)
    {
        if (!context.MayWait)
        {
            return false;
        }

        var blocked = new BlockedOnKeys(new OwnedArguments(context.Args), context.Row, context.Database.Index, wait) { DeadlineMs = deadlineMs };
        for (int i = firstKey; i < firstKey + keyCount; i++)
        {
            context.Engine.AwaitedKeys.Add(context.Session, blocked, context.Args[i]);
        }

        context.Engine.Block(context.Session, blocked);
        return true;
    }

    /// <summary>As <see cref="TryWaitForKeys"/>; where nothing may wait, answers as when the time is over, a null array.</summary>
    public static void WaitForKeys(this CommandContext context, KeyWait wait, int firstKey, int keyCount, long deadlineMs)
    {
        if (!context.TryWaitForKeys(wait, firstKey, keyCount, deadlineMs))
        {
            context.Reply.NullArray();
        }
    }

    /// <summary>
    /// Reads a timeout in seconds, which may have a fraction; 0 means to wait for ever. On failure the error is written and false returned.
    /// </summary>
    /// <param name="context">The command.</param>
    /// <param name="index">The argument.</param>
    /// <param name="deadlineMs">When the time is over, Unix milliseconds, or <see cref="long.MaxValue"/>.</param>
    public static bool TryReadTimeoutSeconds(this CommandContext context, int index, out long deadlineMs)
    {
        deadlineMs = long.MaxValue;
        ReadOnlySpan<byte> text = context.Args[index];
        if (text.Length > PlainDigitsMax || !DecimalNumber.TryParse(text, out long seconds))
        {
            if (!ExtendedFloatReader.TryParse(text, out ExtendedFloat value))
            {
                context.Reply.Error("ERR timeout is not a float or out of range"u8);
                return false;
            }

            // What is too large for a 64-bit number of milliseconds becomes negative in Redis 7.0.
            return TryAddTimeout(context, value.TryGetThousandfoldCeiling(out long ms) ? ms : -1, out deadlineMs);
        }

        return TryAddTimeout(context, seconds * 1000, out deadlineMs);
    }

    /// <summary>As <see cref="TryReadTimeoutSeconds"/>, of an integer number of milliseconds (XREAD BLOCK).</summary>
    public static bool TryReadTimeoutMilliseconds(this CommandContext context, int index, out long deadlineMs)
    {
        deadlineMs = long.MaxValue;
        if (DecimalNumber.TryParse(context.Args[index], out long timeoutMs))
        {
            return TryAddTimeout(context, timeoutMs, out deadlineMs);
        }

        context.Reply.Error("ERR timeout is not an integer or out of range"u8);
        return false;
    }

    private static bool TryAddTimeout(CommandContext context, long timeoutMs, out long deadlineMs)
    {
        deadlineMs = timeoutMs == 0 || timeoutMs > long.MaxValue - context.NowMs ? long.MaxValue : context.NowMs + timeoutMs;
        if (timeoutMs >= 0)
        {
            return true;
        }

        context.Reply.Error("ERR timeout is negative"u8);
        return false;
    }
}
