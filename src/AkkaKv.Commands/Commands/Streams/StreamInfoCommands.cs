using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XINFO's subcommands.</summary>
internal static class StreamInfoCommands
{
    private const long DefaultCount = 10;

    /// <summary>XINFO STREAM key [FULL [COUNT n]].</summary>
    public static void Stream(CommandContext context)
    {
        if (!TryFind(context, out StreamView stream))
        {
            return;
        }

        if (context.Args.Count == 3)
        {
            ReplyShort(context, stream);
            return;
        }

        long count = DefaultCount;
        if (context.Args.Count is not (4 or 6) || !context.IsWord(3, "FULL"u8) || (context.Args.Count == 6 && !context.IsWord(4, "COUNT"u8)))
        {
            GroupCommands.ReplySyntax(context);
            return;
        }

        if (context.Args.Count == 6 && !context.TryReadInteger(5, out count))
        {
            return;
        }

        ReplyFull(context, stream, count < 0 ? DefaultCount : count);
    }

    /// <summary>XINFO GROUPS key.</summary>
    public static void Groups(CommandContext context)
    {
        if (!TryFind(context, out StreamView stream))
        {
            return;
        }

        ReplyWriter reply = context.Reply;
        reply.Array(stream.GroupCount);
        foreach (StreamGroup group in stream.GroupsByName())
        {
            reply.Map(6);
            reply.Bulk("name"u8);
            reply.Bulk(group.Name);
            reply.Bulk("consumers"u8);
            reply.Integer(group.ConsumerCount);
            reply.Bulk("pending"u8);
            reply.Integer(group.PendingCount);
            reply.Bulk("last-delivered-id"u8);
            reply.Id(group.LastId);
            ReplyProgress(reply, stream, group);
        }
    }

    /// <summary>XINFO CONSUMERS key group.</summary>
    public static void Consumers(CommandContext context)
    {
        if (!TryFind(context, out StreamView stream))
        {
            return;
        }

        StreamGroup group = stream.FindGroup(context.Args[3]);
        if (!group.Exists)
        {
            context.Reply.Error(
                $"NOGROUP No such consumer group '{StreamReplies.Shown(context.Args[3])}' for key name '{StreamReplies.Shown(context.Args[2])}'");
            return;
        }

        context.Reply.Array(group.ConsumerCount);
        foreach (StreamConsumer consumer in group.ConsumersByName())
        {
            context.Reply.Map(3);
            context.Reply.Bulk("name"u8);
            context.Reply.Bulk(consumer.Name);
            context.Reply.Bulk("pending"u8);
            context.Reply.Integer(consumer.PendingCount);
            context.Reply.Bulk("idle"u8);
            context.Reply.Integer(Math.Max(context.NowMs - consumer.SeenAtMs, 0));
        }
    }

    private static bool TryFind(CommandContext context, out StreamView stream)
    {
        stream = default;
        if (!context.TryRead(context.Args[2], DataType.Stream, out Entry entry))
        {
            return false;
        }

        if (!entry.Exists)
        {
            context.Reply.Error(ErrorText.NoSuchKey);
            return false;
        }

        stream = context.Database.ReadStream(entry);
        return true;
    }

    private static void ReplyState(ReplyWriter reply, StreamView stream)
    {
        reply.Bulk("length"u8);
        reply.Integer(stream.Length);
        reply.Bulk("radix-tree-keys"u8);
        reply.Integer(stream.NodeCount);
        reply.Bulk("radix-tree-nodes"u8);
        reply.Integer(RadixTreeSize.NodesFor(stream.Nodes));
        reply.Bulk("last-generated-id"u8);
        reply.Id(stream.LastId);
        reply.Bulk("max-deleted-entry-id"u8);
        reply.Id(stream.MaxDeletedId);
        reply.Bulk("entries-added"u8);
        reply.Integer(stream.EntriesAdded);
        reply.Bulk("recorded-first-entry-id"u8);
        reply.Id(stream.FirstId);
    }

    private static void ReplyShort(CommandContext context, StreamView stream)
    {
        ReplyWriter reply = context.Reply;
        reply.Map(10);
        ReplyState(reply, stream);
        reply.Bulk("groups"u8);
        reply.Integer(stream.GroupCount);
        reply.Bulk("first-entry"u8);
        ReplyFirst(reply, stream.Range(StreamId.Min, StreamId.Max));
        reply.Bulk("last-entry"u8);
        ReplyFirst(reply, stream.Range(StreamId.Min, StreamId.Max, backwards: true));
    }

    private static void ReplyFirst(ReplyWriter reply, StreamRange range)
    {
        if (range.MoveNext())
        {
            reply.StreamEntry(range.Current);
        }
        else
        {
            reply.NullBulk();
        }
    }

    private static void ReplyFull(CommandContext context, StreamView stream, long count)
    {
        ReplyWriter reply = context.Reply;
        reply.Map(9);
        ReplyState(reply, stream);
        reply.Bulk("entries"u8);
        reply.StreamRange(stream.Range(StreamId.Min, StreamId.Max), count);
        reply.Bulk("groups"u8);
        reply.Array(stream.GroupCount);
        foreach (StreamGroup group in stream.GroupsByName())
        {
            ReplyFull(reply, stream, group, count);
        }
    }

    private static void ReplyFull(ReplyWriter reply, StreamView stream, StreamGroup group, long count)
    {
        reply.Map(7);
        reply.Bulk("name"u8);
        reply.Bulk(group.Name);
        reply.Bulk("last-delivered-id"u8);
        reply.Id(group.LastId);
        ReplyProgress(reply, stream, group);
        reply.Bulk("pel-count"u8);
        reply.Integer(group.PendingCount);
        reply.Bulk("pending"u8);
        ReplyPending(reply, group.SeekPending(StreamId.Min), Limited(group.PendingCount, count), withConsumer: true);
        reply.Bulk("consumers"u8);
        reply.Array(group.ConsumerCount);
        foreach (StreamConsumer consumer in group.ConsumersByName())
        {
            reply.Map(4);
            reply.Bulk("name"u8);
            reply.Bulk(consumer.Name);
            reply.Bulk("seen-time"u8);
            reply.Integer(consumer.SeenAtMs);
            reply.Bulk("pel-count"u8);
            reply.Integer(consumer.PendingCount);
            reply.Bulk("pending"u8);
            ReplyPending(reply, consumer.SeekPending(StreamId.Min), Limited(consumer.PendingCount, count), withConsumer: false);
        }
    }

    private static long Limited(long count, long limit) => limit == 0 ? count : Math.Min(count, limit);

    private static void ReplyPending(ReplyWriter reply, PendingEntry entry, long count, bool withConsumer)
    {
        reply.Array(count);
        for (; count > 0; count--, entry = entry.Next)
        {
            reply.Array(withConsumer ? 4 : 3);
            reply.Id(entry.Id);
            if (withConsumer)
            {
                reply.Bulk(entry.Consumer.Name);
            }

            reply.Integer(entry.DeliveredAtMs);
            reply.Integer(entry.Deliveries);
        }
    }

    private static void ReplyProgress(ReplyWriter reply, StreamView stream, StreamGroup group)
    {
        reply.Bulk("entries-read"u8);
        if (group.EntriesRead == StreamGroup.UnknownRead)
        {
            reply.NullBulk();
        }
        else
        {
            reply.Integer(group.EntriesRead);
        }

        reply.Bulk("lag"u8);
        if (stream.TryGetLag(group, out long lag))
        {
            reply.Integer(lag);
        }
        else
        {
            reply.NullBulk();
        }
    }
}
