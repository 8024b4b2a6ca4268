using System.Buffers;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Replication;

/// <summary>The requests of a replica to its master, and the order in which their answers come.</summary>
internal sealed class UpstreamHandshake(UpstreamSettings settings)
{
    private readonly Queue<string> _awaited = new();

    public static ReadOnlyMemory<byte> Ping { get; } = StreamCommands.Ping.ToArray();

    /// <summary>True when every answer has come.</summary>
    public bool IsComplete => _awaited.Count == 0;

    /// <summary>Authentication and everything that the master should know, in one piece.</summary>
    public ReadOnlyMemory<byte> Introduce()
    {
        var output = new ArrayBufferWriter<byte>();
        _awaited.Clear();
        if (settings.Password.Length > 0)
        {
            if (settings.User.Length > 0)
                Add(output, "AUTH", settings.User, settings.Password);
            else
                Add(output, "AUTH", settings.Password);
        }

        Add(output, "REPLCONF", "listening-port", $"{settings.ListeningPort}");
        if (settings.AnnouncedAddress.Length > 0)
            Add(output, "REPLCONF", "ip-address", settings.AnnouncedAddress);
        Add(output, "REPLCONF", "capa", "eof", "capa", "psync2");
        return output.WrittenMemory;
    }

    /// <summary>
    /// Takes the next answer; returns why the handshake must be given up, or null. Only authentication may not fail: old masters
    /// know fewer options, and that does no harm.
    /// </summary>
    public string? Answer(string line)
    {
        var request = _awaited.Dequeue();
        return request == "AUTH" && line.StartsWith('-') ? $"Unable to AUTH to MASTER: {line}" : null;
    }

    /// <summary>The request to continue after <paramref name="offset"/>, or for everything if nothing is known.</summary>
    public static ReadOnlyMemory<byte> Psync(ReplicationId id, long offset) =>
        id.IsNone ? Encode("PSYNC", "?", "-1") : Encode("PSYNC", id.ToString(), $"{offset + 1}");

    public static ReadOnlyMemory<byte> Ack(long offset) => Encode("REPLCONF", "ACK", $"{offset}");

    /// <summary>Why the answer to PING forbids going on, or null. A demand for a password is no obstacle yet, it is about to come.</summary>
    public static string? RefusesPing(string line)
    {
        var isFine = line.StartsWith('+')
            || line.StartsWith("-NOAUTH", StringComparison.Ordinal)
            || line.StartsWith("-NOPERM", StringComparison.Ordinal)
            || line.StartsWith("-ERR operation not permitted", StringComparison.Ordinal);
        return isFine ? null : $"Error reply to PING from master: '{line}'";
    }

    private void Add(IBufferWriter<byte> output, params ReadOnlySpan<string> arguments)
    {
        _awaited.Enqueue(arguments[0]);
        RequestWriter.Write(output, arguments);
    }

    private static ReadOnlyMemory<byte> Encode(params ReadOnlySpan<string> arguments)
    {
        var output = new ArrayBufferWriter<byte>(64);
        RequestWriter.Write(output, arguments);
        return output.WrittenMemory;
    }
}
