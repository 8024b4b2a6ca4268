using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>
/// Reads what <see cref="WireWriter"/> writes. Every length is checked against the bytes that are there before anything is taken;
/// whatever does not fit throws <see cref="WireFormatException"/>.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new WireFormatException($"{other} is no truth value"),
    };

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => unchecked((ulong)Int64());

    public long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return (long)value;
        }
        throw new WireFormatException("number too long");
    }

    /// <summary>A number of things that follow, each at least <paramref name="bytesEach"/> long; so no list is made for things that can't be there.</summary>
    public int Count(int bytesEach)
    {
        var count = Varint();
        if (count * bytesEach > _rest.Length || count > _rest.Length)
            throw new WireFormatException($"{count} entries announced, {_rest.Length} bytes left");
        return (int)count;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > _rest.Length)
            throw new WireFormatException($"{length} bytes announced, {_rest.Length} left");
        return Take((int)length);
    }

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes());
        }
        catch (DecoderFallbackException)
        {
            throw new WireFormatException("text is not UTF-8");
        }
    }

    public Address Address()
    {
        var text = Text();
        return Akka.Actor.Address.TryParse(text, out var address) ? address : throw new WireFormatException($"'{Shorten(text)}' is no address");
    }

    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw new WireFormatException($"{_rest.Length} bytes too many");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new WireFormatException($"{count} bytes needed, {_rest.Length} left");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
