using System.Buffers;
using System.Text;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>What a node stores: the writes it executed or applied, in order. Travels as an RDB.</summary>
internal sealed class NodeData
{
    private readonly List<(long Number, int ValueLength)> _writes = [];

    /// <summary>The numbers of the writes in the order in which they came.</summary>
    public IEnumerable<long> Numbers => _writes.Select(write => write.Number);

    public int Count => _writes.Count;

    public void Add(long number, int valueLength) => _writes.Add((number, valueLength));

    public byte[] ToRdb()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new RdbWriter(output);
        writer.Header();
        writer.SelectDatabase(0);
        writer.ResizeDatabase(_writes.Count, 0);
        foreach (var (number, valueLength) in _writes)
            writer.String(Encoding.ASCII.GetBytes(WriteCommand.Key(number)), Encoding.ASCII.GetBytes(WriteCommand.Value(number, valueLength)), -1);
        writer.End();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToRdb"/> wrote.</summary>
    public static NodeData FromRdb(ReadOnlySpan<byte> rdb)
    {
        var sink = new Sink();
        var reader = new RdbReader(sink);
        var used = reader.Feed(rdb);
        reader.Complete();
        if (used != rdb.Length)
            throw new InvariantViolation("snapshot", $"{rdb.Length - used} bytes follow the end of an RDB");
        return sink.Data;
    }

    private sealed class Sink : StringOnlySink
    {
        public NodeData Data { get; } = new();

        public override void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts)
        {
            var number = WriteCommand.NumberOf(key) ?? throw new RdbRefusedException($"the key {Encoding.ASCII.GetString(key)}");
            if (Encoding.ASCII.GetString(value) != WriteCommand.Value(number, value.Length))
                throw new RdbRefusedException($"a garbled value of write {number}");
            Data.Add(number, value.Length);
        }
    }
}
