using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// The checksum at the end of RDB files and DUMP payloads: CRC-64 with the Jones polynomial 0xad93d23594c935a9, reflected,
/// initial value 0, no final inversion. "123456789" gives 0xe9c6d914c4b8d9ca.
/// </summary>
public static class Crc64
{
    /// <summary>0xad93d23594c935a9 with its bits reversed, because the register shifts right.</summary>
    private const ulong ReflectedPolynomial = 0x95ac9329ac4bc9b5;

    private const int Slices = 8;

    /// <summary>Slicing by eight: table k holds the effect of a byte that is followed by k zero bytes, so eight bytes take one step.</summary>
    private static readonly ulong[] Tables = BuildTables();

    /// <summary>Continues <paramref name="crc"/> (0 at the beginning) over <paramref name="data"/>.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> tables = Tables;
        while (data.Length >= Slices)
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(data);
            crc = tables[(7 * 256) + (int)(crc & 0xff)]
                ^ tables[(6 * 256) + (int)((crc >> 8) & 0xff)]
                ^ tables[(5 * 256) + (int)((crc >> 16) & 0xff)]
                ^ tables[(4 * 256) + (int)((crc >> 24) & 0xff)]
                ^ tables[(3 * 256) + (int)((crc >> 32) & 0xff)]
                ^ tables[(2 * 256) + (int)((crc >> 40) & 0xff)]
                ^ tables[(1 * 256) + (int)((crc >> 48) & 0xff)]
                ^ tables[(int)(crc >> 56)];
            data = data[Slices..];
        }

        foreach (var value in data)
            crc = tables[(int)((crc ^ value) & 0xff)] ^ (crc >> 8);

        return crc;
    }

    private static ulong[] BuildTables()
    {
        var tables = new ulong[Slices * 256];
        for (var index = 0; index < 256; index++)
        {
            var crc = (ulong)index;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ ReflectedPolynomial : crc >> 1;
            tables[index] = crc;
        }

        for (var slice = 1; slice < Slices; slice++)
        {
            for (var index = 0; index < 256; index++)
            {
                var previous = tables[((slice - 1) * 256) + index];
                tables[(slice * 256) + index] = tables[(int)(previous & 0xff)] ^ (previous >> 8);
            }
        }

        return tables;
    }
}
