using System.Buffers.Binary;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Writes streams in the form of Redis 7.0: nodes as they are, the state, then each group with what is pending, and its consumers.</summary>
internal static class StreamWriter
{
    private const int IdSize = 2 * sizeof(ulong);

    public static void Write(RdbOutput output, StreamView stream)
    {
        Span<byte> id = stackalloc byte[IdSize];
        output.Number((ulong)stream.NodeCount);
        for (var nodes = stream.Nodes; nodes.MoveNext();)
        {
            Put(id, nodes.MasterId);
            output.String(id);
            output.String(nodes.Pack);
        }

        output.Number((ulong)stream.Length);
        WriteId(output, stream.LastId);
        WriteId(output, stream.FirstId);
        WriteId(output, stream.MaxDeletedId);
        output.Number((ulong)stream.EntriesAdded);
        output.Number((ulong)stream.GroupCount);
        foreach (var group in stream.GroupsByName())
            WriteGroup(output, group);
    }

    private static void WriteGroup(RdbOutput output, StreamGroup group)
    {
        Span<byte> id = stackalloc byte[IdSize];
        output.String(group.Name);
        WriteId(output, group.LastId);
        output.Number((ulong)group.EntriesRead);
        output.Number((ulong)group.PendingCount);
        for (var pending = group.SeekPending(StreamId.Min); pending.Exists; pending = pending.Next)
        {
            Put(id, pending.Id);
            output.Bytes(id);
            output.Int64(pending.DeliveredAtMs);
            output.Number((ulong)pending.Deliveries);
        }

        output.Number((ulong)group.ConsumerCount);
        foreach (var consumer in group.ConsumersByName())
        {
            output.String(consumer.Name);
            output.Int64(consumer.SeenAtMs);
            output.Number((ulong)consumer.PendingCount);
            for (var pending = consumer.SeekPending(StreamId.Min); pending.Exists; pending = pending.Next)
            {
                Put(id, pending.Id);
                output.Bytes(id);
            }
        }
    }

    private static void WriteId(RdbOutput output, StreamId id)
    {
        output.Number(id.Ms);
        output.Number(id.Sequence);
    }

    private static void Put(Span<byte> target, StreamId id)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, id.Ms);
        BinaryPrimitives.WriteUInt64BigEndian(target[sizeof(ulong)..], id.Sequence);
    }
}
