using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AkkaKv.Keyspace.Values;

/// <summary>
/// An element of a value, seen in place: bytes, or an integer where it is stored as one; that then stands for the bytes of its decimal form. Valid
/// until the next change to the database it came from.
/// </summary>
public readonly ref struct Element
{
    /// <summary>Bytes of scratch space that are enough for <see cref="AsBytes"/>.</summary>
    public const int ScratchSize = 24;

    private readonly ReadOnlySpan<byte> _text;
    private readonly long _integer;
    private readonly bool _isInteger;

    /// <summary>An element of these bytes, whether they could be an integer or not.</summary>
    public Element(ReadOnlySpan<byte> text)
    {
        _text = text;
    }

    /// <summary>An integer.</summary>
    public Element(long integer)
    {
        _integer = integer;
        _isInteger = true;
    }

    /// <summary>Whether it is an integer: then <see cref="Integer"/> has it, otherwise <see cref="Text"/>.</summary>
    public bool IsInteger => _isInteger;

    /// <summary>The integer.</summary>
    public long Integer
    {
        get
        {
            Debug.Assert(_isInteger);
            return _integer;
        }
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            Debug.Assert(!_isInteger);
            return _text;
        }
    }

    /// <summary>The number of bytes; of an integer those of its decimal form.</summary>
    public int Length => _isInteger ? CanonicalInteger.LengthOf(_integer) : _text.Length;

    /// <summary>The element as packed values store it: an integer if the bytes are the canonical decimal form of a 64-bit integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Element Canonical(ReadOnlySpan<byte> bytes) =>
        CanonicalInteger.TryParse(bytes, out var integer) ? new Element(integer) : new Element(bytes);

    /// <summary>The bytes, those of an integer in <paramref name="scratch"/>, which has <see cref="ScratchSize"/> bytes.</summary>
    public ReadOnlySpan<byte> AsBytes(Span<byte> scratch) =>
        _isInteger ? scratch[..CanonicalInteger.Write(_integer, scratch)] : _text;

    /// <summary>Whether the element's bytes are these.</summary>
    public bool Equals(ReadOnlySpan<byte> bytes) =>
        _isInteger ? CanonicalInteger.TryParse(bytes, out var integer) && integer == _integer : _text.SequenceEqual(bytes);

    /// <summary>Whether two elements have the same bytes.</summary>
    public bool Equals(Element other)
    {
        if (_isInteger && other._isInteger)
            return _integer == other._integer;
        return other._isInteger ? other.Equals(_text) : Equals(other._text);
    }

    /// <summary>Copies the bytes to a target that has room for them and returns their number.</summary>
    public int CopyTo(Span<byte> target)
    {
        if (_isInteger)
            return CanonicalInteger.Write(_integer, target);
        _text.CopyTo(target);
        return _text.Length;
    }

    /// <summary>The element as an integer, if it is one or its bytes are one's canonical form.</summary>
    public bool TryGetInteger(out long integer)
    {
        if (!_isInteger)
            return CanonicalInteger.TryParse(_text, out integer);
        integer = _integer;
        return true;
    }
}
