using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XREAD or XREADGROUP that waits for entries behind those that it knew when it came, or that its group has seen when the key is ready.</summary>
internal sealed class StreamWait(ReadRequest request, StreamId[] ids) : KeyWait
{
    // Who waits is meant to get what is new, not a whole stream because of an old id.
    private const long DefaultCount = 1000;

    public override DataType Type => DataType.Stream;

    public override bool HearsOfLoss => request.IsForGroup;

    public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
    {
        Entry entry = context.LookupQuiet(key);
        StreamView stream = context.Database.ReadStream(entry);
        StreamId behind = ids[NumberOf(context, key)];
        if (request.IsForGroup)
        {
            StreamGroup group = stream.FindGroup(context.Args[request.GroupArgument]);
            if (!group.Exists)
            {
                context.Reply.Error("NOGROUP the consumer group this client was blocked on no longer exists"u8);
                return true;
            }

            behind = group.LastId;
        }

        if (stream.LastId <= behind)
        {
            return false;
        }

        if (context.Reply.RespVersion == 2)
        {
            context.Reply.Array(1);
            context.Reply.Array(2);
        }
        else
        {
            context.Reply.Map(1);
        }

        StreamReadCommands.ReplyStream(context, request, key, entry, behind, isHistory: false, request.Count == 0 ? DefaultCount : request.Count);
        return true;
    }

    public override bool Lose(CommandContext context, ReadOnlySpan<byte> key)
    {
        context.Reply.Error("UNBLOCKED the stream key no longer exists"u8);
        return true;
    }

    private int NumberOf(CommandContext context, ReadOnlySpan<byte> key)
    {
        int number = 0;
        while (!context.Args[request.FirstKey + number].SequenceEqual(key))
        {
            number++;
        }

        return number;
    }
}
