namespace AkkaKv.Keyspace;

/// <summary>
/// The hash slot of a key, 0 to 16383, by the rule of Redis Cluster: CRC16 of the key modulo 16384, or of the part between the first '{' and
/// the first '}' after it if that part is not empty, so that a user can place keys together.
/// </summary>
public static class KeySlot
{
    /// <summary>Number of slots.</summary>
    public const int Count = 16384;

    private static readonly ushort[] Table = BuildTable();

    /// <summary>The slot of a key.</summary>
    public static int Of(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open >= 0)
        {
            var length = key[(open + 1)..].IndexOf((byte)'}');
            if (length > 0)
                key = key.Slice(open + 1, length);
        }

        return Crc16(key) & (Count - 1);
    }

    /// <summary>CRC16/XMODEM: polynomial 0x1021, start 0, not reflected.</summary>
    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var value in bytes)
            crc = ((crc << 8) ^ Table[((crc >> 8) ^ value) & 0xFF]) & 0xFFFF;
        return (ushort)crc;
    }

    private static ushort[] BuildTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            table[i] = (ushort)crc;
        }

        return table;
    }
}
