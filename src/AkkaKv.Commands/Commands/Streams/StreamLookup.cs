using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>How commands come to a stream and a group of it.</summary>
internal static class StreamLookup
{
    /// <summary>
    /// A group that must be there, its key the first argument and its name the second. False: it is not, or the key holds something else, and the error is written.
    /// </summary>
    public static bool TryFindGroup(this CommandContext context, out StreamEditor stream, out StreamGroup group)
    {
        stream = default;
        group = default;
        if (!context.TryRead(context.Args[1], DataType.Stream, out Entry entry))
        {
            return false;
        }

        if (entry.Exists)
        {
            stream = context.Database.EditStream(entry);
            group = stream.View.FindGroup(context.Args[2]);
        }

        if (group.Exists)
        {
            return true;
        }

        context.Reply.Error(
            $"NOGROUP No such key '{StreamReplies.Shown(context.Args[1])}' or consumer group '{StreamReplies.Shown(context.Args[2])}'");
        return false;
    }

    /// <summary>A consumer, which is created if it is not there, and heard of now.</summary>
    public static StreamConsumer OpenConsumer(
        this CommandContext context, in StreamEditor stream, StreamGroup group, ReadOnlySpan<byte> key, ReadOnlySpan<byte> name, out bool isNew)
    {
        StreamConsumer consumer = group.FindConsumer(name);
        isNew = !consumer.Exists;
        if (!isNew)
        {
            stream.Groups.Saw(consumer, context.NowMs);
            return consumer;
        }

        consumer = stream.Groups.CreateConsumer(group, name, context.NowMs);
        context.SignalChanged();
        context.NotifyKeyspaceEvent(Configuration.KeyspaceEvents.Stream, "xgroup-createconsumer"u8, key);
        return consumer;
    }

    /// <summary>The first entry with an id, if it is there.</summary>
    public static bool TryGetEntry(this StreamView stream, StreamId id, out StreamEntry entry)
    {
        StreamRange range = stream.Range(id, id);
        bool exists = range.MoveNext();
        entry = exists ? range.Current : default;
        return exists;
    }
}
