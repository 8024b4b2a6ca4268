using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT and PERSIST.</summary>
internal static class ExpireCommands
{
    /// <summary>EXPIRE key seconds [NX | XX | GT | LT].</summary>
    public static void InSeconds(CommandContext context) => Expire(context, inSeconds: true, absolute: false);

    /// <summary>PEXPIRE key milliseconds [NX | XX | GT | LT].</summary>
    public static void InMilliseconds(CommandContext context) => Expire(context, inSeconds: false, absolute: false);

    /// <summary>EXPIREAT key unix-seconds [NX | XX | GT | LT].</summary>
    public static void AtSeconds(CommandContext context) => Expire(context, inSeconds: true, absolute: true);

    /// <summary>PEXPIREAT key unix-milliseconds [NX | XX | GT | LT].</summary>
    public static void AtMilliseconds(CommandContext context) => Expire(context, inSeconds: false, absolute: true);

    /// <summary>PERSIST key: 1 if it had an expiry.</summary>
    public static void Persist(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        Entry entry = context.LookupWrite(key);
        bool had = entry.Exists && entry.ExpireAtMs != Database.NoExpiry;
        if (had)
        {
            ExpiryChange.Persist(context, key);
        }

        context.Reply.Integer(had ? 1 : 0);
    }

    private static void Expire(CommandContext context, bool inSeconds, bool absolute)
    {
        if (ExpiryCondition.Parse(context.Args, 3, out ExpiryConditions conditions) is { } error)
        {
            context.Reply.Error(error);
            return;
        }

        if (!context.TryReadInteger(2, out long number))
        {
            return;
        }

        if (!ExpiryTime.TryAny(number, inSeconds, absolute, context.NowMs, out long expireAtMs))
        {
            context.ReplyInvalidExpiry();
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        Entry entry = context.LookupWrite(key);
        if (!entry.Exists || !conditions.Allows(entry.ExpireAtMs, expireAtMs))
        {
            context.Reply.Integer(0);
            return;
        }

        if (ExpiryChange.IsAlreadyPast(context, expireAtMs))
        {
            ExpiryChange.Delete(context, key);
        }
        else
        {
            ExpiryChange.Set(context, key, expireAtMs);
            if (inSeconds || !absolute)
            {
                PropagatedForm.AsPexpireAt(context, expireAtMs);
            }
        }

        context.Reply.Integer(1);
    }
}
