using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>Goes forwards through elements of a list that does not change meanwhile.</summary>
public unsafe ref struct ListEnumerator
{
    private ListNode _node;
    private byte* _current;
    private byte* _next;
    private byte* _end;
    private long _left;

    internal ListEnumerator(byte* entry, long count)
    {
        _next = entry;
        _left = count;
    }

    internal ListEnumerator(ListNode node, int at, long count)
    {
        _node = node;
        _next = node.Address + at;
        _end = node.Address + node.End;
        _left = count;
    }

    /// <summary>The element that was found last.</summary>
    public readonly Element Current => ListpackEntry.Read(in *_current);

    /// <summary>Finds the next element; false at the end.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
            return false;
        _left--;
        if (_next == _end)
        {
            _node = _node.Next;
            _next = _node.Address + _node.Start;
            _end = _node.Address + _node.End;
        }

        _current = _next;
        _next += ListpackEntry.SizeAt(in *_next);
        return true;
    }

    /// <summary>The enumerator itself, for <c>foreach</c> over a range.</summary>
    public readonly ListEnumerator GetEnumerator() => this;
}

/// <summary>Goes backwards through elements of a list that does not change meanwhile.</summary>
public unsafe ref struct ListReverseEnumerator
{
    private ListNode _node;
    private byte* _current;
    private byte* _start;
    private long _left;

    internal ListReverseEnumerator(byte* end, long count)
    {
        _current = end;
        _left = count;
    }

    internal ListReverseEnumerator(ListNode node, int end, long count)
    {
        _node = node;
        _current = node.Address + end;
        _start = node.Address + node.Start;
        _left = count;
    }

    /// <summary>The element that was found last.</summary>
    public readonly Element Current => ListpackEntry.Read(in *_current);

    /// <summary>Finds the next element; false at the end.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
            return false;
        _left--;
        if (_current == _start)
        {
            _node = _node.Previous;
            _current = _node.Address + _node.End;
            _start = _node.Address + _node.Start;
        }

        _current -= ListpackEntry.SizeBefore(in *_current);
        return true;
    }

    /// <summary>The enumerator itself, for <c>foreach</c> over a range.</summary>
    public readonly ListReverseEnumerator GetEnumerator() => this;
}
