using AkkaKv.Commands.Channels;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Channels;

/// <summary>SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE and their opposites: one confirmation per channel, as a message.</summary>
internal static class SubscriptionCommands
{
    private delegate bool Change(CommandContext context, ReadOnlySpan<byte> name);

    public static void Subscribe(CommandContext context) =>
        Each(context, "subscribe"u8, static (c, name) => c.Engine.PubSub.Subscribe(c.Session, name), PlainCount);

    public static void SubscribePattern(CommandContext context) =>
        Each(context, "psubscribe"u8, static (c, name) => c.Engine.PubSub.SubscribePattern(c.Session, name), PlainCount);

    public static void SubscribeShard(CommandContext context) =>
        Each(context, "ssubscribe"u8, static (c, name) => c.Engine.PubSub.SubscribeShard(c.Session, name), ShardCount);

    public static void Unsubscribe(CommandContext context) =>
        EachOrAll(
            context,
            "unsubscribe"u8,
            context.Session.Subscriptions?.Channels,
            static (c, name) => c.Engine.PubSub.Unsubscribe(c.Session, name),
            PlainCount);

    public static void UnsubscribePattern(CommandContext context) =>
        EachOrAll(
            context,
            "punsubscribe"u8,
            context.Session.Subscriptions?.Patterns,
            static (c, name) => c.Engine.PubSub.UnsubscribePattern(c.Session, name),
            PlainCount);

    public static void UnsubscribeShard(CommandContext context) =>
        EachOrAll(
            context,
            "sunsubscribe"u8,
            context.Session.Subscriptions?.ShardChannels,
            static (c, name) => c.Engine.PubSub.UnsubscribeShard(c.Session, name),
            ShardCount);

    private static int PlainCount(Subscriptions? subscriptions) =>
        subscriptions is null ? 0 : subscriptions.ChannelCount + subscriptions.PatternCount;

    private static int ShardCount(Subscriptions? subscriptions) => subscriptions?.ShardChannelCount ?? 0;

    private static void Each(CommandContext context, ReadOnlySpan<byte> kind, Change change, Func<Subscriptions?, int> count)
    {
        for (int i = 1; i < context.Args.Count; i++)
        {
            change(context, context.Args[i]);
            Confirm(context, kind, context.Args[i], count);
        }
    }

    private static void EachOrAll(
        CommandContext context, ReadOnlySpan<byte> kind, HashSet<byte[]>? all, Change change, Func<Subscriptions?, int> count)
    {
        if (context.Args.Count > 1)
        {
            Each(context, kind, change, count);
            return;
        }

        if (all is null or { Count: 0 })
        {
            ReplyWriter reply = BeginConfirmation(context, kind);
            reply.NullBulk();
            reply.Integer(count(context.Session.Subscriptions));
            reply.Muted = context.Session.IsMuted;
            return;
        }

        foreach (byte[] name in all.ToArray())
        {
            change(context, name);
            Confirm(context, kind, name, count);
        }
    }

    private static void Confirm(CommandContext context, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> name, Func<Subscriptions?, int> count)
    {
        ReplyWriter reply = BeginConfirmation(context, kind);
        reply.Bulk(name);
        reply.Integer(count(context.Session.Subscriptions));
        reply.Muted = context.Session.IsMuted;
    }

    /// <summary>Confirmations are messages, which CLIENT REPLY OFF does not suppress.</summary>
    private static ReplyWriter BeginConfirmation(CommandContext context, ReadOnlySpan<byte> kind)
    {
        ReplyWriter reply = context.Reply;
        reply.Muted = false;
        reply.Push(3);
        reply.Bulk(kind);
        return reply;
    }
}
