using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>Goes through the pieces that a list lies in: entries as in a listpack, one behind the other, without its head and end.</summary>
public ref struct ListPieces
{
    private readonly ReadOnlySpan<byte> _pack;
    private ListNode _node;
    private ListNode _next;
    private bool _isDone;

    internal ListPieces(ReadOnlySpan<byte> pack)
    {
        _pack = pack;
    }

    internal ListPieces(ListNode first)
    {
        _next = first;
    }

    /// <summary>The entries of the piece that was found last.</summary>
    public readonly ReadOnlySpan<byte> Entries => _pack.IsEmpty ? _node.Entries : _pack[Listpack.HeadSize..^1];

    /// <summary>The number of entries of the piece that was found last.</summary>
    public readonly int Count => _pack.IsEmpty ? _node.Count : Listpack.Count(_pack);

    /// <summary>Finds the next piece; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_pack.IsEmpty)
        {
            (var wasDone, _isDone) = (_isDone, true);
            return !wasDone;
        }

        _node = _next;
        if (_node.IsNull)
            return false;
        _next = _node.Next;
        return true;
    }
}
