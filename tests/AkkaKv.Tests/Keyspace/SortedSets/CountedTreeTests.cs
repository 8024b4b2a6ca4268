namespace AkkaKv.Tests.Keyspace.SortedSets;

/// <summary>The tree of large sorted sets against a plain sorted list, on guarded memory.</summary>
public sealed class CountedTreeTests
{
    [Theory]
    [InlineData(1, 30, 20_000)]
    [InlineData(2, 300, 20_000)]
    [InlineData(3, 20_000, 30_000)]
    public void Random_operations_agree_with_a_sorted_list(int seed, int scores, int operations)
    {
        var random = new Random(seed);
        using var tree = new ModelledTree();
        for (var i = 0; i < operations; i++)
        {
            // Grows in the first half and shrinks in the second.
            var growing = i < operations / 2;
            switch (random.Next(10))
            {
                case < 5 when growing || tree.Count == 0:
                    tree.Add(Score(), Member());
                    break;
                case < 6 when tree.Count > 0:
                    tree.RemoveAt(random.Next(tree.Count));
                    break;
                case < 8 when tree.Count > 0:
                    tree.ChangeScore(random.Next(tree.Count), Score());
                    break;
                default:
                    tree.CheckSome(random, Score(), Member());
                    break;
            }

            if (i % (operations / 20) == 0)
                tree.CheckAll();
        }

        tree.CheckAll();

        double Score() => random.Next(20) == 0 ? random.Next(2) == 0 ? double.NegativeInfinity : double.PositiveInfinity : random.Next(scores) / 4.0;

        byte[] Member()
        {
            var member = new byte[random.Next(4) == 0 ? 0 : random.Next(1, 4)];
            for (var i = 0; i < member.Length; i++)
                member[i] = (byte)(random.Next(8) * 36);
            return member;
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_queue_is_filled_and_emptied_from_either_end(bool fillFromBelow, bool emptyFromBelow)
    {
        using var tree = new ModelledTree();
        const int Size = 8_000;
        for (var i = 0; i < Size; i++)
            tree.Add(fillFromBelow ? i : -i, BitConverter.GetBytes(i));
        tree.CheckAll();
        for (var i = 0; i < Size - 10; i++)
        {
            tree.RemoveAt(emptyFromBelow ? 0 : tree.Count - 1);
            if (i % 2000 == 0)
                tree.CheckAll();
        }

        tree.CheckAll();
        while (tree.Count > 0)
            tree.RemoveAt(tree.Count / 2);
        tree.CheckAll();
    }

    [Fact]
    public void Elements_added_in_order_fill_the_nodes_and_random_ones_most_of_them()
    {
        const int Size = 30_000;
        const double BlockAndRoot = 32 + 1;
        Assert.InRange(BytesPerElement(i => i) - BlockAndRoot, 14, 17);
        var random = new Random(1);
        Assert.InRange(BytesPerElement(_ => random.Next()) - BlockAndRoot, 14, 20);

        static double BytesPerElement(Func<int, double> score)
        {
            using var tree = new ModelledTree();
            for (var i = 0; i < Size; i++)
                tree.Add(score(i), BitConverter.GetBytes((long)i));
            return (double)tree.Heap.UsedBytes / Size;
        }
    }
}
