using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Reads the primitives of the format from the bytes that have arrived. A method returns false when the bytes end too early;
/// <see cref="Needed"/> is then the least number of bytes, from the start of the record, with which another attempt can get further.
/// </summary>
internal ref struct RdbCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes consumed since the start of the record.</summary>
    public int Position { get; private set; }

    /// <summary>See the type. Meaningful after a method has returned false.</summary>
    public long Needed { get; private set; }

    public bool TryByte(out byte value)
    {
        if (!TryBytes(1, out var one))
        {
            value = 0;
            return false;
        }

        value = one[0];
        return true;
    }

    public bool TryBytes(long count, out ReadOnlySpan<byte> value)
    {
        if (count > _bytes.Length - Position)
        {
            Needed = Position + count;
            value = default;
            return false;
        }

        value = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return true;
    }

    /// <summary>A little-endian integer of 64 bits, as times in milliseconds are written.</summary>
    public bool TryInt64(out long value)
    {
        var complete = TryBytes(sizeof(long), out var eight);
        value = complete ? BinaryPrimitives.ReadInt64LittleEndian(eight) : 0;
        return complete;
    }

    /// <summary>A length or another number of up to 64 bits, where no string encoding may stand.</summary>
    /// <exception cref="RdbRefusedException">It is something else.</exception>
    public bool TryNumber(out ulong number)
    {
        if (!TryLength(out number, out var isEncoding))
            return false;
        if (isEncoding)
            throw new RdbRefusedException("a string encoding where a length must be");
        return true;
    }

    /// <summary>A length, or, when <paramref name="isEncoding"/>, the number of a special string encoding.</summary>
    /// <exception cref="RdbRefusedException">No such form exists.</exception>
    public bool TryLength(out ulong length, out bool isEncoding)
    {
        isEncoding = false;
        length = 0;
        if (!TryByte(out var first))
            return false;
        switch (first >> 6)
        {
            case 0:
                length = first & 0x3fu;
                return true;
            case 1:
                if (!TryByte(out var second))
                    return false;
                length = ((first & 0x3fu) << 8) | second;
                return true;
            case 3:
                isEncoding = true;
                length = first & 0x3fu;
                return true;
        }

        if (first == 0x80)
        {
            if (!TryBytes(4, out var four))
                return false;
            length = BinaryPrimitives.ReadUInt32BigEndian(four);
            return true;
        }

        if (first == 0x81)
        {
            if (!TryBytes(8, out var eight))
                return false;
            length = BinaryPrimitives.ReadUInt64BigEndian(eight);
            return true;
        }

        throw new RdbRefusedException("an unknown form of length");
    }
}
