using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes an RDB in Redis's format, version 10 (Redis 7.0), record by record into a buffer. Order: <see cref="Header"/>, any
/// <see cref="Aux(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>, per database <see cref="SelectDatabase"/>, <see cref="ResizeDatabase"/> and its keys,
/// <see cref="End"/>. After <see cref="Flush"/> everything written is in the buffer, whose owner may take bytes away.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="checksum">False writes zero in place of the checksum, which every reader takes as "not computed" (<c>rdbchecksum</c>).</param>
/// <param name="compress">Whether strings of more than 20 bytes are compressed where that makes them shorter (<c>rdbcompression</c>).</param>
public sealed class RdbWriter(IBufferWriter<byte> output, bool checksum = true, bool compress = false)
{
    /// <summary>The format version in the header, "REDIS0010": what Redis 7.0 writes and everything since reads.</summary>
    public const int FormatVersion = 10;

    private readonly IBufferWriter<byte> _owner = output;
    private readonly RdbOutput _output = new(output, checksum, compress);
    private long _trailer;

    /// <summary>The number of bytes written so far.</summary>
    public long Written => _output.Written + _trailer;

    /// <summary>Where values are written.</summary>
    internal RdbOutput Output => _output;

    /// <summary>The magic and the format version.</summary>
    public void Header() => _output.Bytes("REDIS0010"u8);

    /// <summary>A name and value about the file. Readers skip names that they do not know.</summary>
    public void Aux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _output.Byte(RdbOpcode.Aux);
        _output.String(name);
        _output.String(value);
    }

    /// <summary>A name and a number about the file.</summary>
    public void Aux(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        Aux(name, text[..length]);
    }

    /// <summary>The source text of a library of functions.</summary>
    public void FunctionLibrary(ReadOnlySpan<byte> source)
    {
        _output.Byte(RdbOpcode.Function2);
        _output.String(source);
    }

    /// <summary>The keys that follow belong to this database.</summary>
    public void SelectDatabase(int index)
    {
        _output.Byte(RdbOpcode.SelectDatabase);
        _output.Number((ulong)index);
    }

    /// <summary>How many keys, and keys with an expiry, the selected database has: lets the reader size its tables.</summary>
    public void ResizeDatabase(long keyCount, long expiringCount)
    {
        _output.Byte(RdbOpcode.ResizeDatabase);
        _output.Number((ulong)keyCount);
        _output.Number((ulong)expiringCount);
    }

    /// <summary>A key with a string value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; written in the integer form where that gives the same bytes back.</param>
    /// <param name="expireAtMs">Unix time in milliseconds, negative for none.</param>
    public void String(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        Key(RdbValueType.String, key, new RdbKeyFacts(expireAtMs, RdbKeyFacts.None, RdbKeyFacts.None));
        _output.String(value);
    }

    /// <summary>Hands everything written to the buffer.</summary>
    public void Flush() => _output.Flush();

    /// <summary>The end of the file and its checksum. Nothing may be written after it.</summary>
    public void End()
    {
        _output.Byte(RdbOpcode.EndOfFile);
        var sum = _output.Checksum;
        var span = _owner.GetSpan(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(span, sum);
        _owner.Advance(sizeof(ulong));
        _trailer = sizeof(ulong);
    }

    /// <summary>What stands before a value: facts, type, key. The value must follow.</summary>
    internal void Key(byte type, ReadOnlySpan<byte> key, in RdbKeyFacts facts)
    {
        if (facts.ExpireAtMs >= 0)
        {
            _output.Byte(RdbOpcode.ExpireTimeMs);
            _output.Int64(facts.ExpireAtMs);
        }

        if (facts.IdleSeconds >= 0)
        {
            _output.Byte(RdbOpcode.Idle);
            _output.Number((ulong)facts.IdleSeconds);
        }

        if (facts.Frequency >= 0)
        {
            _output.Byte(RdbOpcode.Frequency);
            _output.Byte((byte)facts.Frequency);
        }

        _output.Byte(type);
        _output.String(key);
    }
}
