using System.Text;
using AkkaKv.Commands.Execution.Eviction;

namespace AkkaKv.Tests.Commands.Memory;

public sealed class EvictionPoolTests
{
    private readonly EvictionPool _pool = new();

    private void Offer(long score) => _pool.Offer(0, Encoding.ASCII.GetBytes($"k{score}"), score);

    private List<long> TakeAll()
    {
        var scores = new List<long>();
        while (_pool.TryTake(out EvictionCandidate? best))
        {
            Assert.Equal($"k{best.Score}", Encoding.ASCII.GetString(best.Key));
            scores.Add(best.Score);
        }

        return scores;
    }

    [Fact]
    public void The_best_comes_first_and_only_the_best_are_kept()
    {
        var random = new Random(3);
        long[] offered = [.. Enumerable.Range(0, 200).Select(i => (long)i)];
        random.Shuffle(offered);
        foreach (long score in offered)
        {
            Offer(score);
        }

        Assert.Equal(EvictionPool.Size, _pool.Count);
        Assert.Equal(Enumerable.Range(0, EvictionPool.Size).Select(i => 199L - i), TakeAll());
    }

    [Fact]
    public void Taking_makes_room_for_less_good_ones()
    {
        for (int score = 100; score < 100 + EvictionPool.Size; score++)
        {
            Offer(score);
        }

        Offer(5);
        Assert.True(_pool.TryTake(out _));
        Offer(5);
        Offer(3);
        Assert.Equal(5, TakeAll()[^1]);
    }

    [Fact]
    public void Clearing_forgets_all()
    {
        Offer(1);
        _pool.Offer(0, new byte[100_000], 2);
        _pool.Clear();
        Assert.False(_pool.TryTake(out _));
        Offer(7);
        Assert.Equal([7], TakeAll());
    }
}
