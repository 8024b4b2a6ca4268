using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>DUMP and RESTORE: a value as bytes that this server and Redis understand.</summary>
internal static class SerializationCommands
{
    private const int NameLength = 16;

    /// <summary>DUMP key.</summary>
    public static void Dump(CommandContext context)
    {
        Entry entry = context.LookupRead(context.Args[1]);
        if (entry.Exists)
        {
            context.Reply.Bulk(DumpPayload.Create(entry, compress: true).Span);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    /// <summary>RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ counter].</summary>
    public static void Restore(CommandContext context)
    {
        if (!RestoreOptions.TryRead(context, out RestoreOptions options))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        bool isThere = context.LookupWrite(key).Exists;
        if (isThere && !options.Replace)
        {
            context.Reply.Error("BUSYKEY Target key name already exists."u8);
            return;
        }

        if (!TryReadExpiry(context, options, out long expireAtMs))
        {
            return;
        }

        if (!DumpPayload.IsIntact(context.Args[3]))
        {
            context.Reply.Error("ERR DUMP payload version or checksum are wrong"u8);
            return;
        }

        // Under another name first: what is damaged must not cost the key that it was to replace.
        Span<byte> name = stackalloc byte[NameLength];
        ChooseFreeName(context, name);
        if (!DumpPayload.TryLoad(context.Args[3], context.Database, name))
        {
            context.Reply.Error("ERR Bad data format"u8);
            return;
        }

        if (expireAtMs != Database.NoExpiry && expireAtMs <= context.NowMs && !context.IsFromMaster && !context.Engine.Replication.IsReplica)
        {
            context.Database.Remove(name);
            RemoveInstead(context, key, isThere);
        }
        else
        {
            Place(context, name, key, expireAtMs, options);
        }

        context.Reply.Ok();
    }

    private static void ChooseFreeName(CommandContext context, Span<byte> name)
    {
        do
        {
            BitConverter.TryWriteBytes(name, context.Engine.NextRandom());
            BitConverter.TryWriteBytes(name[sizeof(ulong)..], context.Engine.NextRandom());
        }
        while (context.Database.Find(name).Exists);
    }

    /// <summary>The value was expired before it came: only what it was to replace goes.</summary>
    private static void RemoveInstead(CommandContext context, ReadOnlySpan<byte> key, bool isThere)
    {
        if (!isThere)
        {
            return;
        }

        context.Database.Remove(key);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
        context.PropagateInstead("DEL"u8, key);
    }

    private static void Place(CommandContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, long expireAtMs, RestoreOptions options)
    {
        context.Database.Rename(name, key);
        if (expireAtMs != Database.NoExpiry)
        {
            context.Database.SetExpiry(key, expireAtMs);
            if (!options.IsAbsolute)
            {
                PropagateAbsolute(context, expireAtMs);
            }
        }

        Entry entry = context.Database.Find(key);
        entry.AccessClock = options.ClockAt(context);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "restore"u8, key);
    }

    /// <summary>Replicas must not count the time to live from when they hear of it.</summary>
    private static void PropagateAbsolute(CommandContext context, long expireAtMs)
    {
        context.PropagateInstead(context.Args.Count + 1);
        for (int i = 0; i < context.Args.Count; i++)
        {
            if (i == 2)
            {
                context.PropagateArgument(expireAtMs);
            }
            else
            {
                context.PropagateArgument(context.Args[i]);
            }
        }

        context.PropagateArgument("ABSTTL"u8);
    }

    private static bool TryReadExpiry(CommandContext context, RestoreOptions options, out long expireAtMs)
    {
        expireAtMs = Database.NoExpiry;
        if (!context.TryReadInteger(2, out long ttl))
        {
            return false;
        }

        if (ttl < 0)
        {
            context.Reply.Error("ERR Invalid TTL value, must be >= 0"u8);
            return false;
        }

        if (ttl > 0)
        {
            expireAtMs = options.IsAbsolute ? ttl : (long)Math.Min((ulong)ttl + (ulong)context.NowMs, long.MaxValue);
        }

        return true;
    }
}
