using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>What replicas are told of deliveries: the results, in commands that do not depend on time or on who else reads.</summary>
internal static class StreamPropagation
{
    /// <summary>An entry is pending at a consumer since a time, or is not there any more.</summary>
    public static void PropagatePending(
        this CommandContext context, ReadOnlySpan<byte> key, StreamGroup group, ReadOnlySpan<byte> consumer, StreamId id, long deliveredAtMs, long deliveries)
    {
        Span<byte> text = stackalloc byte[StreamId.MaxTextLength];
        context.PropagatePending(key, group, consumer, text[..id.Write(text)], deliveredAtMs, deliveries);
    }

    /// <summary>As the other overload, with the id as a client wrote it.</summary>
    public static void PropagatePending(
        this CommandContext context, ReadOnlySpan<byte> key, StreamGroup group, ReadOnlySpan<byte> consumer, ReadOnlySpan<byte> id, long deliveredAtMs, long deliveries)
    {
        context.PropagateInstead(14);
        context.PropagateArgument("XCLAIM"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(group.Name);
        context.PropagateArgument(consumer);
        context.PropagateArgument(0);
        context.PropagateArgument(id);
        context.PropagateArgument("TIME"u8);
        context.PropagateArgument(deliveredAtMs);
        context.PropagateArgument("RETRYCOUNT"u8);
        context.PropagateArgument(deliveries);
        context.PropagateArgument("FORCE"u8);
        context.PropagateArgument("JUSTID"u8);
        context.PropagateArgument("LASTID"u8);
        context.PropagateId(group.LastId);
    }

    /// <summary>What was last delivered to a group.</summary>
    public static void PropagatePosition(this CommandContext context, ReadOnlySpan<byte> key, StreamGroup group)
    {
        context.PropagateInstead(7);
        context.PropagateArgument("XGROUP"u8);
        context.PropagateArgument("SETID"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(group.Name);
        context.PropagateId(group.LastId);
        context.PropagateArgument("ENTRIESREAD"u8);
        context.PropagateArgument(group.EntriesRead);
    }

    /// <summary>A consumer was created.</summary>
    public static void PropagateConsumer(this CommandContext context, ReadOnlySpan<byte> key, StreamGroup group, ReadOnlySpan<byte> consumer)
    {
        context.PropagateInstead(5);
        context.PropagateArgument("XGROUP"u8);
        context.PropagateArgument("CREATECONSUMER"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(group.Name);
        context.PropagateArgument(consumer);
    }
}
