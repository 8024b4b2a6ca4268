using System.Buffers.Binary;

namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>Adds many elements to the end of a listpack at once. Nothing may be done with the listpack until <see cref="Finish"/>.</summary>
internal ref struct ListpackAppender
{
    private readonly Span<byte> _buffer;
    private int _at;
    private int _added;

    /// <param name="buffer">The listpack with room for what is added behind it.</param>
    public ListpackAppender(Span<byte> buffer)
    {
        _buffer = buffer;
        _at = Listpack.TotalBytes(buffer) - 1;
    }

    /// <summary>Adds an element; one of text stays text.</summary>
    public void Add(Element element)
    {
        _at += ListpackEntry.Write(_buffer[_at..], element);
        _added++;
    }

    /// <summary>Adds an integer.</summary>
    public void Add(long integer) => Add(new Element(integer));

    /// <summary>Completes the listpack and returns its size.</summary>
    public readonly int Finish()
    {
        _buffer[_at] = ListpackEntry.End;
        BinaryPrimitives.WriteInt32LittleEndian(_buffer, _at + 1);
        Listpack.AddToCount(_buffer, _added);
        return _at + 1;
    }
}
