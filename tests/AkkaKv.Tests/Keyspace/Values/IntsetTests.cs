using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Tests.Keyspace.Values;

public sealed class IntsetTests
{
    [Fact]
    public void The_bytes_are_those_of_redis()
    {
        var buffer = New(-1, 3, 258);

        Assert.Equal([2, 0, 0, 0, 3, 0, 0, 0, 0xFF, 0xFF, 3, 0, 2, 1], buffer);
    }

    [Theory]
    [InlineData(32767, 2)]
    [InlineData(-32768, 2)]
    [InlineData(32768, 4)]
    [InlineData(-32769, 4)]
    [InlineData(int.MaxValue, 4)]
    [InlineData(int.MinValue, 4)]
    [InlineData(int.MaxValue + 1L, 8)]
    [InlineData(int.MinValue - 1L, 8)]
    [InlineData(long.MaxValue, 8)]
    [InlineData(long.MinValue, 8)]
    public void An_integer_that_needs_more_bytes_widens_all_and_its_removal_does_not_narrow_them(long value, int width)
    {
        var set = New(-5, 0, 7, value);

        Assert.Equal(IntsetHead.Size + (4 * width), set.Length);
        Assert.Equal([.. new[] { -5, 0, 7, value }.Order()], Values(set));

        var length = Intset.Remove(set, Intset.Find(set, value));

        Assert.Equal(IntsetHead.Size + (3 * width), length);
        Assert.Equal([-5, 0, 7], Values(set.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(1, 40, 200)]
    [InlineData(2, 3_000, 4_000)]
    [InlineData(3, 600, 100_000)]
    [InlineData(4, 600, 8_000_000_000)]
    [InlineData(5, 600, long.MaxValue)]
    public void Random_changes_agree_with_a_sorted_set(int seed, int changes, long range)
    {
        var random = new Random(seed);
        var model = new SortedSet<long>();
        var set = New();
        for (var i = 0; i < changes; i++)
        {
            // The range widens slowly, so that every width is seen.
            var bound = Math.Max(2, range / (changes - i));
            var value = random.NextInt64(-bound, bound);
            var found = Intset.Find(set, value);
            Assert.Equal(model.Contains(value), found >= 0);
            Assert.Equal(model.Count(member => member < value), found >= 0 ? found : ~found);
            if (found < 0 && random.Next(3) > 0)
            {
                set = With(set, value);
                model.Add(value);
            }
            else if (found >= 0 && random.Next(3) == 0)
            {
                set = set[..Intset.Remove(set, found)];
                model.Remove(value);
            }

            Assert.Equal(model, Values(set));
            Assert.Equal(model.Count > 0, Intset.Validate(set, deep: true));
        }
    }

    [Fact]
    public void Each_integer_is_drawn_about_equally_often()
    {
        var set = New(1, 20, 300, 4_000, 50_000);
        var random = new Random(1);
        var drawn = new Dictionary<long, int>();
        for (var i = 0; i < 50_000; i++)
        {
            var value = Intset.Random(set, (ulong)random.NextInt64(long.MinValue, long.MaxValue));
            drawn[value] = drawn.GetValueOrDefault(value) + 1;
        }

        Assert.Equal([1, 20, 300, 4_000, 50_000], drawn.Keys.Order());
        Assert.All(drawn.Values, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Bytes_from_outside_are_refused_unless_they_are_a_set()
    {
        Assert.True(Intset.Validate(New(1, 2), deep: true));
        Assert.False(Intset.Validate([], deep: false));
        Assert.False(Intset.Validate([2, 0, 0, 0, 1, 0, 0], deep: false));
        Assert.False(Intset.Validate(New(), deep: false));
        Assert.False(Intset.Validate([3, 0, 0, 0, 1, 0, 0, 0, 1, 2, 3], deep: false));
        Assert.False(Intset.Validate([2, 0, 0, 0, 2, 0, 0, 0, 1, 0], deep: false));
        Assert.False(Intset.Validate([2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 2, 0], deep: false));
        Assert.False(Intset.Validate([8, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0, 0, 0, 0], deep: false));
        byte[] twice = [2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0];
        Assert.True(Intset.Validate(twice, deep: false));
        Assert.False(Intset.Validate(twice, deep: true));
    }

    [Fact]
    public void Any_bytes_that_pass_can_be_read()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = New(1, 2, 40_000);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bytes = bytes[..random.Next(bytes.Length + 1)];
            if (Intset.Validate(bytes, deep: true))
                Assert.Equal(bytes.Length, Intset.TotalBytes(bytes));
        }
    }

    private static byte[] New(params long[] values)
    {
        var set = new byte[Intset.EmptySize];
        Intset.Initialize(set);
        return values.Aggregate(set, With);
    }

    private static byte[] With(byte[] set, long value)
    {
        var room = new byte[Intset.SizeWith(set, value)];
        set.CopyTo(room, 0);
        Assert.Equal(room.Length, Intset.Insert(room, ~Intset.Find(set, value), value));
        return room;
    }

    private static long[] Values(ReadOnlySpan<byte> set)
    {
        var values = new long[Intset.Count(set)];
        for (var i = 0; i < values.Length; i++)
            values[i] = Intset.Get(set, i);
        return values;
    }
}
