using System.Buffers.Text;
using System.Text;

namespace AkkaKv.Replication;

/// <summary>What a replica told about itself with REPLCONF before it asked for the stream.</summary>
public sealed class ReplicaHandshake
{
    private const int AddressLengthMax = 255;
    private const string NotAnInteger = "ERR value is not an integer or out of range";

    /// <summary>The port on which the replica serves its own clients; 0 when it did not say.</summary>
    public int ListeningPort { get; private set; }

    /// <summary>The address under which the replica wants to be known; empty for the one it connects from.</summary>
    public string IpAddress { get; private set; } = "";

    /// <summary>It can find the end of an RDB of unknown length by an end mark ("capa eof").</summary>
    public bool UnderstandsEndMark { get; private set; }

    /// <summary>It can learn a new replication id when it continues ("capa psync2").</summary>
    public bool UnderstandsPsync2 { get; private set; }

    /// <summary>It wants the RDB and not the stream ("rdb-only 1", redis-cli --rdb).</summary>
    public bool WantsRdbOnly { get; private set; }

    /// <summary>
    /// Takes one option and its value (ack and getack are not options of the handshake). Returns the error to answer in Redis's words, or
    /// null for OK.
    /// </summary>
    public string? Apply(ReadOnlySpan<byte> option, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(option, "listening-port"u8))
        {
            if (!TryInteger(value, 0, 65535, out var port))
                return NotAnInteger;
            ListeningPort = port;
        }
        else if (Ascii.EqualsIgnoreCase(option, "ip-address"u8))
        {
            if (value.Length > AddressLengthMax)
                return $"ERR REPLCONF ip-address provided by replica instance is too long: {value.Length} bytes";
            IpAddress = Encoding.UTF8.GetString(value);
        }
        else if (Ascii.EqualsIgnoreCase(option, "capa"u8))
        {
            // Abilities that are not known are those of newer replicas; they are simply not made use of.
            UnderstandsEndMark |= Ascii.EqualsIgnoreCase(value, "eof"u8);
            UnderstandsPsync2 |= Ascii.EqualsIgnoreCase(value, "psync2"u8);
        }
        else if (Ascii.EqualsIgnoreCase(option, "rdb-only"u8))
        {
            if (!TryInteger(value, 0, 1, out var flag))
                return NotAnInteger;
            WantsRdbOnly = flag == 1;
        }
        else
        {
            return $"ERR Unrecognized REPLCONF option: {Encoding.UTF8.GetString(option)}";
        }

        return null;
    }

    private static bool TryInteger(ReadOnlySpan<byte> text, int min, int max, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= min && value <= max;
}
