using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>TTL, PTTL, EXPIRETIME and PEXPIRETIME: -2 without key, -1 without expiry.</summary>
internal static class TimeToLiveCommands
{
    /// <summary>TTL key: what is left in seconds, rounded to the nearest.</summary>
    public static void Seconds(CommandContext context) => Answer(context, inSeconds: true, absolute: false);

    /// <summary>PTTL key: what is left in milliseconds.</summary>
    public static void Milliseconds(CommandContext context) => Answer(context, inSeconds: false, absolute: false);

    /// <summary>EXPIRETIME key: when, in Unix seconds, rounded to the nearest.</summary>
    public static void UnixSeconds(CommandContext context) => Answer(context, inSeconds: true, absolute: true);

    /// <summary>PEXPIRETIME key: when, in Unix milliseconds.</summary>
    public static void UnixMilliseconds(CommandContext context) => Answer(context, inSeconds: false, absolute: true);

    private static void Answer(CommandContext context, bool inSeconds, bool absolute)
    {
        Entry entry = context.LookupQuiet(context.Args[1]);
        if (!entry.Exists || entry.ExpireAtMs == Database.NoExpiry)
        {
            context.Reply.Integer(entry.Exists ? -1 : -2);
            return;
        }

        long milliseconds = Math.Max(absolute ? entry.ExpireAtMs : entry.ExpireAtMs - context.NowMs, 0);
        context.Reply.Integer(inSeconds ? (long)(((ulong)milliseconds + 500) / 1000) : milliseconds);
    }
}
