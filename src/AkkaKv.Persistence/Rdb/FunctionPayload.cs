using System.Buffers;
using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Libraries of functions by themselves, as FUNCTION DUMP gives them and FUNCTION RESTORE takes them: their records as in a file, format version (16 bits, little-endian),
/// checksum of all that (64 bits).
/// </summary>
public static class FunctionPayload
{
    private const int FooterSize = sizeof(ushort) + sizeof(ulong);

    /// <summary>Writes libraries, given by their source texts.</summary>
    public static ReadOnlyMemory<byte> Create(IEnumerable<byte[]> sources)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var output = new RdbOutput(buffer, checksum: true, compress: true);
        foreach (var source in sources)
        {
            output.Byte(RdbOpcode.Function2);
            output.String(source);
        }

        output.Bytes([RdbWriter.FormatVersion, 0]);
        var checksum = output.Checksum;
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(sizeof(ulong)), checksum);
        buffer.Advance(sizeof(ulong));
        return buffer.WrittenMemory;
    }

    /// <summary>Reads the source texts of a payload that is intact (<see cref="DumpPayload.IsIntact"/>); false if something else is in it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, List<byte[]> sources)
    {
        var cursor = new RdbCursor(payload[..^FooterSize]);
        var reader = new StringReader(RdbLimits.Default);
        try
        {
            while (cursor.Position < payload.Length - FooterSize)
            {
                if (!cursor.TryByte(out var opcode) || opcode != RdbOpcode.Function2 || !reader.TryRead(ref cursor, out var source))
                    return false;
                sources.Add(source.ToArray());
            }

            return true;
        }
        catch (RdbRefusedException)
        {
            return false;
        }
    }
}
