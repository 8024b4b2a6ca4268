using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XREAD and XREADGROUP.</summary>
internal static class StreamReadCommands
{
    // As many streams are read without memory of their own for the ids.
    private const int FewStreams = 16;

    /// <summary>XREAD [COUNT n] [BLOCK ms] STREAMS key… id….</summary>
    public static void Read(CommandContext context) => Read(context, isForGroup: false);

    /// <summary>XREADGROUP GROUP group consumer [COUNT n] [BLOCK ms] [NOACK] STREAMS key… id….</summary>
    public static void ReadForGroup(CommandContext context) => Read(context, isForGroup: true);

    /// <summary>Writes a stream's key and its entries behind one, and for a group notes who got them.</summary>
    internal static void ReplyStream(
        CommandContext context, in ReadRequest request, ReadOnlySpan<byte> key, Entry entry, StreamId behind, bool isHistory, long count)
    {
        StreamView view = context.Database.ReadStream(entry);
        context.Reply.Bulk(key);
        StreamId start = behind.TryNext(out StreamId next) ? next : StreamId.Min;
        if (!request.IsForGroup)
        {
            context.Reply.StreamRange(view.Range(start, StreamId.Max), count);
            return;
        }

        StreamEditor stream = context.Database.EditStream(entry);
        StreamGroup group = view.FindGroup(context.Args[request.GroupArgument]);
        ReadOnlySpan<byte> consumerName = context.Args[request.GroupArgument + 1];
        StreamConsumer consumer = context.OpenConsumer(stream, group, key, consumerName, out bool isNew);
        if (isNew && request.NoAck)
        {
            context.PropagateConsumer(key, group, consumerName);
        }

        if (isHistory)
        {
            GroupReading.ReplyHistory(context, stream, group, consumer, start, count);
        }
        else
        {
            GroupReading.ReplyNew(context, key, stream, group, consumer, start, count, request.NoAck);
        }

        context.SignalChanged();
    }

    private static void Read(CommandContext context, bool isForGroup)
    {
        if (isForGroup)
        {
            // Replicas are told who got what.
            context.PropagateNothing();
        }

        if (!ReadRequest.TryRead(context, isForGroup, out ReadRequest request))
        {
            return;
        }

        Span<StreamId> ids = request.KeyCount <= FewStreams ? stackalloc StreamId[FewStreams] : new StreamId[request.KeyCount];
        ids = ids[..request.KeyCount];
        if (!request.TryReadIds(context, ids))
        {
            return;
        }

        OpenAggregate streams = default;
        int written = 0;
        for (int i = 0; i < request.KeyCount; i++)
        {
            ReadOnlySpan<byte> key = context.Args[request.FirstKey + i];
            Entry entry = context.LookupRead(key);
            if (!entry.Exists || !HasSomething(context, request, entry, ref ids[i], out bool isHistory))
            {
                continue;
            }

            if (written++ == 0)
            {
                streams = context.Reply.BeginArray();
            }

            if (context.Reply.RespVersion == 2)
            {
                context.Reply.Array(2);
            }

            ReplyStream(context, request, key, entry, ids[i], isHistory, request.Count);
        }

        if (written == 0)
        {
            Wait(context, request, ids);
        }
        else if (context.Reply.RespVersion == 2)
        {
            context.Reply.EndArray(streams, written);
        }
        else
        {
            context.Reply.EndMap(streams, written);
        }
    }

    /// <summary>Whether a stream is answered at once; for a group <paramref name="behind"/> becomes what it has seen.</summary>
    private static bool HasSomething(CommandContext context, in ReadRequest request, Entry entry, ref StreamId behind, out bool isHistory)
    {
        StreamView stream = context.Database.ReadStream(entry);
        isHistory = request.IsForGroup && behind != StreamId.Max;
        if (isHistory)
        {
            return true;
        }

        StreamId seen = request.IsForGroup ? stream.FindGroup(context.Args[request.GroupArgument]).LastId : behind;
        if (stream.Length == 0 || stream.LastPresentId <= seen)
        {
            return false;
        }

        behind = seen;
        return true;
    }

    private static void Wait(CommandContext context, in ReadRequest request, ReadOnlySpan<StreamId> ids)
    {
        if (!request.Waits)
        {
            context.Reply.NullArray();
            return;
        }

        context.WaitForKeys(new StreamWait(request, ids.ToArray()), request.FirstKey, request.KeyCount, request.DeadlineMs);
    }
}
