using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>What EXPIRE's and GETEX's families do to a key, with its event, its effect on WATCH and its propagation.</summary>
internal static class ExpiryChange
{
    /// <summary>Whether a time that a client gives means "now": on a replica, or while loading, it waits for the master's DEL instead.</summary>
    public static bool IsAlreadyPast(CommandContext context, long expireAtMs) => expireAtMs <= context.NowMs && !context.Engine.Replication.IsReplica;

    /// <summary>Removes an existing key because its new expiry lies in the past; propagated as DEL or UNLINK.</summary>
    public static void Delete(CommandContext context, ReadOnlySpan<byte> key)
    {
        context.Database.Remove(key);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
        PropagatedForm.Delete(context, key, context.Settings.LazyFreeLazyExpire);
    }

    /// <summary>Sets the expiry of an existing key.</summary>
    public static void Set(CommandContext context, ReadOnlySpan<byte> key, long expireAtMs)
    {
        context.Database.SetExpiry(key, expireAtMs);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "expire"u8, key);
    }

    /// <summary>Takes the expiry of an existing key away.</summary>
    public static void Persist(CommandContext context, ReadOnlySpan<byte> key)
    {
        context.Database.SetExpiry(key, Database.NoExpiry);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "persist"u8, key);
    }
}
