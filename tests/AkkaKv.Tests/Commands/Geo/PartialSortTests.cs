using AkkaKv.Commands.Commands.Geo;

namespace AkkaKv.Tests.Commands.Geo;

public sealed class PartialSortTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(1000)]
    public void The_first_elements_are_in_order_and_none_is_lost(int count)
    {
        var random = new Random(count);
        for (int round = 0; round < 200; round++)
        {
            int variety = random.Next(1, 2 * count);
            int[] items = [.. Enumerable.Range(0, count).Select(_ => random.Next(variety))];
            int[] sorted = [.. items.Order()];
            int wanted = random.Next(1, count + 1);
            PartialSort.Sort<int>(items, wanted, (left, right) => left.CompareTo(right));
            Assert.Equal(sorted.Take(wanted), items.Take(wanted));
            Assert.Equal(sorted, items.Order());
        }
    }
}
