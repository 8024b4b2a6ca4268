using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>SET and its older forms: SETNX, SETEX, PSETEX, GETSET.</summary>
internal static class SetCommands
{
    /// <summary>SET key value [NX | XX] [GET] [EX | PX | EXAT | PXAT time | KEEPTTL].</summary>
    public static void Set(CommandContext context)
    {
        if (context.Args.Count == 3)
        {
            // The plain form is most of all traffic: no options to weigh, no old value to keep.
            ReadOnlySpan<byte> key = context.Args[1];
            context.OverwriteString(key, context.Args[2], Database.NoExpiry);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
            context.Reply.Ok();
            return;
        }

        if (!StringOptions.TryParseSet(context.Args, out StringOptions options))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        SetWith(context, options);
    }

    private static void SetWith(CommandContext context, in StringOptions options)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!TryReadExpiry(context, options, out long expireAtMs))
        {
            return;
        }

        bool returnsOld = options.Has(StringFlags.ReturnOld);
        if (returnsOld && !ReadCommands.TryReplyValue(context))
        {
            return;
        }

        Entry old = context.LookupWrite(key);
        if (options.Has(old.Exists ? StringFlags.IfAbsent : StringFlags.IfPresent))
        {
            if (!returnsOld)
            {
                context.Reply.NullBulk();
            }

            return;
        }

        if (options.Has(StringFlags.KeepExpiry) && old.Exists)
        {
            expireAtMs = old.ExpireAtMs;
        }

        ReadOnlySpan<byte> value = context.Args[2];
        context.StoreString(key, value, expireAtMs);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
        if (options.HasExpiry)
        {
            PropagatedForm.SetWithExpiry(context, key, value, expireAtMs);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "expire"u8, key);
        }
        else if (returnsOld)
        {
            PropagatedForm.WithoutWord(context, "GET"u8, first: 3);
        }

        if (!returnsOld)
        {
            context.Reply.Ok();
        }
    }

    /// <summary>SETNX key value: 1 if it was set.</summary>
    public static void SetIfAbsent(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (context.LookupWrite(key).Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        context.StoreString(key, context.Args[2], Database.NoExpiry);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
        context.Reply.Integer(1);
    }

    /// <summary>SETEX key seconds value.</summary>
    public static void SetWithSeconds(CommandContext context) => SetWithExpiry(context, inSeconds: true);

    /// <summary>PSETEX key milliseconds value.</summary>
    public static void SetWithMilliseconds(CommandContext context) => SetWithExpiry(context, inSeconds: false);

    /// <summary>GETSET key value: the old value, null if there was none.</summary>
    public static void GetAndSet(CommandContext context)
    {
        if (!ReadCommands.TryReplyValue(context))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        context.StoreString(key, context.Args[2], Database.NoExpiry);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
        context.PropagateInstead("SET"u8, key, context.Args[2]);
    }

    /// <summary>Reads the number of SET's and GETEX's expiry option; without one the time is "never". False when an error was answered.</summary>
    internal static bool TryReadExpiry(CommandContext context, in StringOptions options, out long expireAtMs)
    {
        expireAtMs = Database.NoExpiry;
        return !options.HasExpiry
            || TryReadExpiry(context, options.ExpiryArgument, options.ExpiryIsInSeconds, options.ExpiryIsAbsolute, out expireAtMs);
    }

    private static void SetWithExpiry(CommandContext context, bool inSeconds)
    {
        if (!TryReadExpiry(context, 2, inSeconds, absolute: false, out long expireAtMs))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        ReadOnlySpan<byte> value = context.Args[3];
        context.OverwriteString(key, value, expireAtMs);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
        PropagatedForm.SetWithExpiry(context, key, value, expireAtMs);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "expire"u8, key);
        context.Reply.Ok();
    }

    private static bool TryReadExpiry(CommandContext context, int argument, bool inSeconds, bool absolute, out long expireAtMs)
    {
        expireAtMs = Database.NoExpiry;
        if (!context.TryReadInteger(argument, out long number))
        {
            return false;
        }

        if (ExpiryTime.TryPositive(number, inSeconds, absolute, context.NowMs, out expireAtMs))
        {
            return true;
        }

        context.ReplyInvalidExpiry();
        return false;
    }
}
