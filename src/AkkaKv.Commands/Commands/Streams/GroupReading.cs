using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>How XREADGROUP answers one stream.</summary>
internal static class GroupReading
{
    /// <summary>Entries that the group has not seen; from now on they are pending at the consumer.</summary>
    public static void ReplyNew(
        CommandContext context, ReadOnlySpan<byte> key, in StreamEditor stream, StreamGroup group, StreamConsumer consumer, StreamId start, long count, bool noAck)
    {
        StreamView view = stream.View;
        StreamRange range = view.Range(start, StreamId.Max);
        OpenAggregate array = context.Reply.BeginArray();
        long written = 0;
        bool advanced = false;
        while ((count == 0 || written < count) && range.MoveNext())
        {
            StreamEntry entry = range.Current;
            StreamId id = entry.Id;
            if (id > group.LastId)
            {
                long read = group.EntriesRead != StreamGroup.UnknownRead && !view.HasDeletedFrom(id) ? group.EntriesRead + 1
                    : view.EntriesAdded > 0 ? view.AddedUpTo(id)
                    : group.EntriesRead;
                stream.Groups.SetPosition(group, id, read);
                advanced = true;
            }

            context.Reply.StreamEntry(entry);
            if (!noAck)
            {
                stream.Groups.SetPending(group, consumer, id, context.NowMs, deliveries: 1);
                context.PropagatePending(key, group, consumer.Name, id, context.NowMs, deliveries: 1);
            }

            written++;
        }

        // Otherwise what tells that the entries are pending tells this too.
        if (advanced && noAck)
        {
            context.PropagatePosition(key, group);
        }

        context.Reply.EndArray(array, written);
    }

    /// <summary>Entries that are pending at the consumer, delivered once more; null instead of the fields of one that is not there any more.</summary>
    public static void ReplyHistory(
        CommandContext context, in StreamEditor stream, StreamGroup group, StreamConsumer consumer, StreamId start, long count)
    {
        StreamView view = stream.View;
        OpenAggregate array = context.Reply.BeginArray();
        long written = 0;
        for (PendingEntry pending = consumer.SeekPending(start); pending.Exists && (count == 0 || written < count); pending = pending.Next)
        {
            if (view.TryGetEntry(pending.Id, out StreamEntry entry))
            {
                context.Reply.StreamEntry(entry);
                stream.Groups.SetPending(group, consumer, pending.Id, context.NowMs, pending.Deliveries + 1);
            }
            else
            {
                context.Reply.Array(2);
                context.Reply.Id(pending.Id);
                context.Reply.NullArray();
            }

            written++;
        }

        context.Reply.EndArray(array, written);
    }
}
