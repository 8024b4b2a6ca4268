using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XCLAIM and XAUTOCLAIM: consumers take over what is pending at others. Entries that are not there any more stop being pending.</summary>
internal static class ClaimCommands
{
    private const long DefaultCount = 100;

    // Entries that are not old enough are passed over, but not without end.
    private const long AttemptsPerEntry = 10;
    private const long CountMax = long.MaxValue / 16;

    // Redis takes memory for as many ids beforehand, and has none for more than an address space.
    private const long CountWithMemory = 1L << 43;

    /// <summary>XCLAIM key group consumer min-idle-time id… [IDLE ms] [TIME ms] [RETRYCOUNT n] [FORCE] [JUSTID] [LASTID id].</summary>
    public static void Claim(CommandContext context)
    {
        if (!context.TryFindGroup(out StreamEditor stream, out StreamGroup group)
            || !TryReadNumber(context, 4, "ERR Invalid min-idle-time argument for XCLAIM"u8, out long minIdle)
            || !ClaimOptions.TryRead(context, out ClaimOptions options))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        bool positionChanged = options.LastId > group.LastId;
        if (positionChanged)
        {
            stream.Groups.SetPosition(group, options.LastId, group.EntriesRead);
        }

        StreamConsumer consumer = default;
        context.PropagateNothing();
        StreamView view = stream.View;
        OpenAggregate array = context.Reply.BeginArray();
        int written = 0;
        for (int i = 5; i < options.FirstOption; i++)
        {
            StreamIdText.TryParse(context.Args[i], isStrict: true, 0, out StreamId id, out _);
            PendingEntry pending = group.FindPending(id);
            if (!view.TryGetEntry(id, out StreamEntry entry))
            {
                if (pending.Exists)
                {
                    Forget(context, stream, group, pending, context.Args[i]);
                    positionChanged = false;
                }

                continue;
            }

            if (!pending.Exists && !options.Forces)
            {
                continue;
            }

            if (pending.Exists && minIdle > 0 && context.NowMs - pending.DeliveredAtMs < minIdle)
            {
                continue;
            }

            consumer = consumer.Exists ? consumer : context.OpenConsumer(stream, group, key, context.Args[3], out _);
            long deliveries = options.Deliveries ?? (pending.Exists ? pending.Deliveries : 1) + (options.JustIds ? 0 : 1);
            stream.Groups.SetPending(group, consumer, id, options.DeliveredAtMs, deliveries);
            Reply(context, entry, options.JustIds);
            written++;
            context.PropagatePending(key, group, consumer.Name, context.Args[i], options.DeliveredAtMs, deliveries);
            context.SignalChanged();
            positionChanged = false;
        }

        if (positionChanged)
        {
            context.PropagatePosition(key, group);
            context.SignalChanged();
        }

        context.Reply.EndArray(array, written);
    }

    /// <summary>XAUTOCLAIM key group consumer min-idle-time start [COUNT n] [JUSTID]: where to go on, the entries, and the ids of those that are not there any more.</summary>
    public static void ClaimNext(CommandContext context)
    {
        if (!TryReadNumber(context, 4, "ERR Invalid min-idle-time argument for XAUTOCLAIM"u8, out long minIdle)
            || !context.TryReadIntervalStart(5, out StreamId start) || !TryReadNextOptions(context, out long count, out bool justIds)
            || !context.TryFindGroup(out StreamEditor stream, out StreamGroup group))
        {
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (count > CountWithMemory)
        {
            context.Reply.Error("ERR Insufficient memory, failed allocating transient memory, COUNT too high."u8);
            return;
        }

        StreamConsumer consumer = default;
        context.PropagateNothing();
        StreamView view = stream.View;
        OutputBuffer gathered = new();
        ReplyWriter claimed = new(gathered) { RespVersion = context.Reply.RespVersion };
        List<StreamId> gone = [];
        Span<byte> idText = stackalloc byte[StreamId.MaxTextLength];
        int written = 0;
        PendingEntry pending = group.SeekPending(start);
        for (long attempts = count * AttemptsPerEntry; attempts > 0 && count > 0 && pending.Exists; attempts--)
        {
            StreamId id = pending.Id;
            if (!view.TryGetEntry(id, out StreamEntry entry))
            {
                Forget(context, stream, group, pending, idText[..id.Write(idText)]);
                gone.Add(id);
                count--;
                pending = group.SeekPending(id);
                continue;
            }

            if (minIdle <= 0 || context.NowMs - pending.DeliveredAtMs >= minIdle)
            {
                consumer = consumer.Exists ? consumer : context.OpenConsumer(stream, group, key, context.Args[3], out _);
                long deliveries = pending.Deliveries + (justIds ? 0 : 1);
                stream.Groups.SetPending(group, consumer, id, context.NowMs, deliveries);
                Reply(claimed, entry, justIds);
                written++;
                count--;
                context.PropagatePending(key, group, consumer.Name, id, context.NowMs, deliveries);
                context.SignalChanged();
            }

            pending = id.TryNext(out StreamId next) ? group.SeekPending(next) : default;
        }

        context.Reply.Array(3);
        context.Reply.Id(pending.Exists ? pending.Id : StreamId.Min);
        context.Reply.Array(written);
        if (!context.Reply.Muted)
        {
            gathered.MoveTo(context.Reply.Output);
        }

        gathered.Clear();
        context.Reply.Array(gone.Count);
        foreach (StreamId id in gone)
        {
            context.Reply.Id(id);
        }
    }

    internal static bool TryReadNumber(CommandContext context, int index, ReadOnlySpan<byte> error, out long value)
    {
        if (DecimalNumber.TryParse(context.Args[index], out value))
        {
            return true;
        }

        context.Reply.Error(error);
        return false;
    }

    /// <summary>An entry that is not there any more stops being pending; replicas find that out when they are told to claim it.</summary>
    private static void Forget(CommandContext context, in StreamEditor stream, StreamGroup group, PendingEntry pending, ReadOnlySpan<byte> idText)
    {
        context.PropagatePending(context.Args[1], group, pending.Consumer.Name, idText, pending.DeliveredAtMs, pending.Deliveries);
        context.SignalChanged();
        stream.Groups.RemovePending(group, pending.Id);
    }

    private static void Reply(CommandContext context, StreamEntry entry, bool justId) => Reply(context.Reply, entry, justId);

    private static void Reply(ReplyWriter reply, StreamEntry entry, bool justId)
    {
        if (justId)
        {
            reply.Id(entry.Id);
        }
        else
        {
            reply.StreamEntry(entry);
        }
    }

    private static bool TryReadNextOptions(CommandContext context, out long count, out bool justIds)
    {
        count = DefaultCount;
        justIds = false;
        for (int i = 6; i < context.Args.Count; i++)
        {
            if (context.IsWord(i, "COUNT"u8) && i + 1 < context.Args.Count)
            {
                if (!TryReadNumber(context, ++i, "ERR COUNT must be > 0"u8, out count))
                {
                    return false;
                }

                if (count is < 1 or > CountMax)
                {
                    context.Reply.Error("ERR COUNT must be > 0"u8);
                    return false;
                }
            }
            else if (context.IsWord(i, "JUSTID"u8))
            {
                justIds = true;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }
}
