using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Tests.Keyspace.SortedSets;

/// <summary>A counted tree on guarded memory beside a plain sorted list, and operations that change both.</summary>
internal sealed unsafe class ModelledTree : IDisposable
{
    private static readonly Comparer<(double Score, byte[] Member)> Order = Comparer<(double Score, byte[] Member)>.Create((left, right) =>
        left.Score != right.Score ? left.Score.CompareTo(right.Score) : left.Member.AsSpan().SequenceCompareTo(right.Member));

    private readonly NativeHeap _heap = new(guarded: true);
    private readonly List<(double Score, byte[] Member)> _model = [];
    private readonly List<EntryBlock> _elements = [];

    // Not on the managed heap, so that its address stays.
    private readonly TreeRoot* _root;

    public ModelledTree()
    {
        _root = (TreeRoot*)_heap.Allocate(sizeof(TreeRoot), out _);
        *_root = default;
    }

    public int Count => _model.Count;

    public NativeHeap Heap => _heap;

    private CountedTree Tree => new(_root, _heap);

    public void Add(double score, byte[] member)
    {
        var place = _model.BinarySearch((score, member), Order);
        if (place >= 0)
            return;
        var element = EntryBlock.Create(_heap, member, sizeof(double), sizeof(double), expirySpace: false);
        if (~place == _model.Count && member.Length % 2 == 0)
            Tree.Append(score, element);
        else
            Tree.Insert(score, element);
        _model.Insert(~place, (score, member));
        _elements.Insert(~place, element);
    }

    public void RemoveAt(int rank)
    {
        Tree.Remove(_model[rank].Score, _elements[rank]);
        _elements[rank].FreeBlocks(_heap);
        _model.RemoveAt(rank);
        _elements.RemoveAt(rank);
    }

    public void ChangeScore(int rank, double score)
    {
        var (old, member) = _model[rank];
        var place = _model.BinarySearch((score, member), Order);
        if (place >= 0)
            return;
        var element = _elements[rank];
        Tree.ChangeScore(old, element, score);
        _model.RemoveAt(rank);
        _elements.RemoveAt(rank);
        place = ~_model.BinarySearch((score, member), Order);
        _model.Insert(place, (score, member));
        _elements.Insert(place, element);
    }

    /// <summary>Looks a few things up at random.</summary>
    public void CheckSome(Random random, double score, byte[] member)
    {
        var exact = _model.BinarySearch((score, member), Order);
        var before = exact >= 0 ? exact : ~exact;
        Assert.Equal(before, Tree.Rank(new ElementBound(score, member, behind: false)));
        Assert.Equal(exact >= 0 ? before + 1 : before, Tree.Rank(new ElementBound(score, member, behind: true)));
        Assert.Equal(_model.Count(element => element.Score < score), Tree.Rank(new ScoreBound(score, behind: false)));
        Assert.Equal(_model.Count(element => element.Score <= score), Tree.Rank(new ScoreBound(score, behind: true)));
        Assert.False(Tree.At(_model.Count).Exists);
        Assert.False(Tree.At(-1).Exists);
        if (_model.Count > 0)
        {
            var rank = random.Next(_model.Count);
            Assert.Equal((nint)_elements[rank].Address, (nint)Tree.At(rank).Element.Address);
        }
    }

    /// <summary>Compares everything, in both directions, and the structure with itself.</summary>
    public void CheckAll()
    {
        Assert.Equal(_model.Count, Tree.Count);
        var rank = 0;
        for (var place = Tree.At(0); place.Exists; place.MoveNext(), rank++)
        {
            Assert.Equal((nint)_elements[rank].Address, (nint)place.Element.Address);
            Assert.Equal(_model[rank].Score, place.Score);
        }

        Assert.Equal(_model.Count, rank);
        for (var place = Tree.At(_model.Count - 1); place.Exists; place.MovePrevious())
            Assert.Equal((nint)_elements[--rank].Address, (nint)place.Element.Address);
        Assert.Equal(0, rank);
        if (_root->Top != null)
            CheckNode(_root->Top);
        else
            Assert.Empty(_model);
    }

    /// <summary>Frees everything in slices.</summary>
    public void Dispose()
    {
        var slices = 0;
        for (var done = false; !done; slices++)
        {
            var budget = 1000;
            done = Tree.FreeSome(ref budget);
        }

        Assert.Equal(Math.Max(1, (Count + 999) / 1000), slices);
        _heap.Free((byte*)_root, SizeClassOfRoot);
        Assert.Equal(0, _heap.UsedBytes);
        _heap.Dispose();
    }

    private static byte SizeClassOfRoot => SizeClasses.ClassOf(sizeof(TreeRoot));

    private static (long Elements, int Height) CheckNode(TreeNode* node)
    {
        Assert.InRange(node->Count, 1, node->Capacity);
        if (node->IsLeaf)
            return (node->Count, 0);
        var sum = 0L;
        var height = -1;
        for (var i = 0; i < node->Count; i++)
        {
            var branch = node->ChildAt(i);
            Assert.Equal((nint)branch->Child->At(0)->Element.Address, (nint)branch->Least.Element.Address);
            Assert.Equal(branch->Child->At(0)->Score, branch->Least.Score);
            var below = CheckNode(branch->Child);
            Assert.Equal(branch->Count, below.Elements);
            Assert.True(height < 0 || height == below.Height);
            height = below.Height;
            sum += below.Elements;
        }

        return (sum, height + 1);
    }
}
