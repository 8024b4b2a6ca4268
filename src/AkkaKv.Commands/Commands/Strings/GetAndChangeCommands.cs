using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>GETDEL and GETEX: reads that end in a change of the key.</summary>
internal static class GetAndChangeCommands
{
    /// <summary>GETDEL key: answers the value and removes the key.</summary>
    public static void GetAndDelete(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (ReadCommands.TryReplyValue(context) && context.Database.Remove(key))
        {
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
            PropagatedForm.Delete(context, key, context.Settings.LazyFreeLazyUserDel);
        }
    }

    /// <summary>GETEX key [EX | PX | EXAT | PXAT time | PERSIST]: answers the value and changes the expiry.</summary>
    public static void GetAndExpire(CommandContext context)
    {
        if (!StringOptions.TryParseGetEx(context.Args, out StringOptions options))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryReadString(key, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.NullBulk();
            return;
        }

        if (!SetCommands.TryReadExpiry(context, options, out long expireAtMs))
        {
            return;
        }

        context.Reply.Bulk(entry.StringValue);
        if (options.HasExpiry && options.ExpiryIsAbsolute && ExpiryChange.IsAlreadyPast(context, expireAtMs))
        {
            ExpiryChange.Delete(context, key);
        }
        else if (options.HasExpiry)
        {
            ExpiryChange.Set(context, key, expireAtMs);
            context.PropagateInstead("PEXPIREAT"u8, key, expireAtMs);
        }
        else if (options.Has(StringFlags.Persist) && entry.ExpireAtMs != Database.NoExpiry)
        {
            ExpiryChange.Persist(context, key);
            context.PropagateInstead("PERSIST"u8, key);
        }
    }
}
