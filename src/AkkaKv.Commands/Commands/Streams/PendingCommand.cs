using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XPENDING key group [[IDLE min-idle-time] start end count [consumer]].</summary>
internal static class PendingCommand
{
    public static void Execute(CommandContext context)
    {
        int arguments = context.Args.Count;
        if (arguments != 3 && arguments is < 6 or > 9)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        if (arguments == 3)
        {
            if (context.TryFindGroup(out _, out StreamGroup group))
            {
                ReplySummary(context, group);
            }

            return;
        }

        ReplyEntries(context);
    }

    private static void ReplySummary(CommandContext context, StreamGroup group)
    {
        ReplyWriter reply = context.Reply;
        reply.Array(4);
        reply.Integer(group.PendingCount);
        if (group.PendingCount == 0)
        {
            reply.NullBulk();
            reply.NullBulk();
            reply.NullArray();
            return;
        }

        reply.Id(group.SeekPending(StreamId.Min).Id);
        reply.Id(group.LastPending.Id);
        OpenAggregate array = reply.BeginArray();
        int written = 0;
        foreach (StreamConsumer consumer in group.ConsumersByName())
        {
            if (consumer.PendingCount > 0)
            {
                reply.Array(2);
                reply.Bulk(consumer.Name);
                reply.BulkInteger(consumer.PendingCount);
                written++;
            }
        }

        reply.EndArray(array, written);
    }

    private static void ReplyEntries(CommandContext context)
    {
        int first = 3;
        long minIdle = 0;
        if (context.IsWord(3, "IDLE"u8))
        {
            if (!context.TryReadInteger(4, out minIdle))
            {
                return;
            }

            if (context.Args.Count < 8)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }

            first = 5;
        }

        if (!context.TryReadInteger(first + 2, out long count) || !context.TryReadIntervalStart(first, out StreamId start)
            || !context.TryReadIntervalEnd(first + 1, out StreamId end) || !context.TryFindGroup(out _, out StreamGroup group))
        {
            return;
        }

        PendingEntry entry;
        if (first + 3 < context.Args.Count)
        {
            StreamConsumer consumer = group.FindConsumer(context.Args[first + 3]);
            if (!consumer.Exists)
            {
                context.Reply.Array(0);
                return;
            }

            entry = consumer.SeekPending(start);
        }
        else
        {
            entry = group.SeekPending(start);
        }

        OpenAggregate array = context.Reply.BeginArray();
        long written = 0;
        for (; written < count && entry.Exists && entry.Id <= end; entry = entry.Next)
        {
            long idle = context.NowMs - entry.DeliveredAtMs;
            if (minIdle != 0 && idle < minIdle)
            {
                continue;
            }

            context.Reply.Array(4);
            context.Reply.Id(entry.Id);
            context.Reply.Bulk(entry.Consumer.Name);
            context.Reply.Integer(Math.Max(idle, 0));
            context.Reply.Integer(entry.Deliveries);
            written++;
        }

        context.Reply.EndArray(array, written);
    }
}
