using System.Buffers.Binary;
using System.Text;
using Pack = AkkaKv.Keyspace.Values.Packed.Listpack;

namespace AkkaKv.Tests.Persistence;

/// <summary>RDB bytes put together by hand, from the description of the format and not with the writer that is under test.</summary>
internal static class RdbBytes
{
    /// <summary>A length in six bits, fourteen, or four bytes.</summary>
    public static byte[] Length(long length) => length switch
    {
        < 64 => [(byte)length],
        < 16384 => [(byte)(0x40 | length >> 8), (byte)length],
        _ => [0x80, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };

    public static byte[] Text(string text) => Text(Encoding.Latin1.GetBytes(text));

    public static byte[] Text(byte[] bytes) => [.. Length(bytes.Length), .. bytes];

    public static byte[] Texts(params string[] texts) => [.. texts.SelectMany(Text)];

    /// <summary>Type, key, and what follows.</summary>
    public static byte[] Key(byte type, string key, params byte[][] value) => [type, .. Text(key), .. value.SelectMany(part => part)];

    public static byte[] Int64(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Listpack(params string[] entries)
    {
        var buffer = new byte[16 + entries.Sum(entry => entry.Length + 12)];
        Pack.Initialize(buffer);
        var length = Pack.EmptySize;
        foreach (var entry in entries)
            length = Pack.Append(buffer, Encoding.Latin1.GetBytes(entry));
        return buffer[..length];
    }

    /// <summary>A ziplist; an entry that is canonical decimal text is an integer in the shortest form.</summary>
    public static byte[] Ziplist(params string[] entries)
    {
        var body = new List<byte>();
        var previous = 0;
        var last = 10;
        foreach (var entry in entries)
        {
            last = 10 + body.Count;
            byte[] encoded = [.. previous < 254 ? [(byte)previous] : Prefixed(0xFE, previous), .. ZiplistContent(entry)];
            previous = encoded.Length;
            body.AddRange(encoded);
        }

        var total = 10 + body.Count + 1;
        return [.. UInt32(total), .. UInt32(last), (byte)entries.Length, (byte)(entries.Length >> 8), .. body, 0xFF];
    }

    /// <summary>A zipmap; every value has <paramref name="unused"/> unused bytes behind it.</summary>
    public static byte[] Zipmap(int unused, params string[] entries)
    {
        var bytes = new List<byte> { (byte)Math.Min(entries.Length / 2, 254) };
        for (var index = 0; index < entries.Length; index++)
        {
            var text = Encoding.Latin1.GetBytes(entries[index]);
            bytes.AddRange(text.Length < 254 ? [(byte)text.Length] : Prefixed(0xFE, text.Length));
            if (index % 2 == 1)
                bytes.Add((byte)unused);
            bytes.AddRange(text);
            if (index % 2 == 1)
                bytes.AddRange(new byte[unused]);
        }

        bytes.Add(0xFF);
        return [.. bytes];
    }

    public static byte[] Intset(int width, params long[] integers)
    {
        var bytes = new List<byte>();
        bytes.AddRange(UInt32(width));
        bytes.AddRange(UInt32(integers.Length));
        foreach (var integer in integers)
            bytes.AddRange(Int64(integer)[..width]);
        return [.. bytes];
    }

    public static byte[] StreamId(ulong ms, ulong sequence)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ms);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), sequence);
        return bytes;
    }

    private static byte[] ZiplistContent(string entry)
    {
        if (long.TryParse(entry, out var number) && number.ToString() == entry)
        {
            return number switch
            {
                >= 0 and <= 12 => [(byte)(0xF1 + number)],
                >= sbyte.MinValue and <= sbyte.MaxValue => [0xFE, (byte)number],
                >= short.MinValue and <= short.MaxValue => [0xC0, .. Int64(number)[..2]],
                >= -0x800000 and <= 0x7FFFFF => [0xF0, .. Int64(number)[..3]],
                >= int.MinValue and <= int.MaxValue => [0xD0, .. Int64(number)[..4]],
                _ => [0xE0, .. Int64(number)],
            };
        }

        var text = Encoding.Latin1.GetBytes(entry);
        return text.Length switch
        {
            < 64 => [(byte)text.Length, .. text],
            < 16384 => [(byte)(0x40 | text.Length >> 8), (byte)text.Length, .. text],
            _ => [0x80, (byte)(text.Length >> 24), (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length, .. text],
        };
    }

    private static byte[] Prefixed(byte first, int value) => [first, .. UInt32(value)];

    private static byte[] UInt32(int value) => Int64(value)[..4];
}
