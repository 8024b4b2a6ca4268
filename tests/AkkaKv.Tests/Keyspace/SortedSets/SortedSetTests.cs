using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Tests.Keyspace.SortedSets;

public sealed class SortedSetTests
{
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 10)]
    [InlineData(3, 0)]
    public void Random_operations_agree_with_a_plain_dictionary(int seed, int packedEntries)
    {
        var random = new Random(seed);
        using var set = new ModelledSortedSet(packedEntries);
        for (var i = 0; i < 5000; i++)
        {
            switch (random.Next(100))
            {
                case < 65:
                    set.Set(Member(), Score());
                    break;
                case < 80:
                    set.Remove(Member());
                    break;
                case < 81:
                    set.RemoveRange(random);
                    break;
                case < 84:
                    set.CheckCopies(random);
                    break;
                default:
                    set.Check(random, Member());
                    break;
            }
        }

        byte[] Member() => random.Next(3) switch
        {
            0 => Encoding.ASCII.GetBytes(random.Next(-50, 50).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            1 => [(byte)random.Next(4), (byte)random.Next(255)],
            _ => Encoding.ASCII.GetBytes(new string('x', random.Next(0, 70))),
        };

        double Score() => random.Next(12) switch
        {
            0 => double.PositiveInfinity,
            1 => double.NegativeInfinity,
            2 => random.NextDouble(),
            3 => random.NextDouble() * 1e30,
            _ => random.Next(-20, 20),
        };
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-7, "-7")]
    [InlineData(4503599627370495, "4503599627370495")]
    [InlineData(4503599627370496, "4503599627370496")]
    [InlineData(1e17, "100000000000000000")]
    [InlineData(4611686018427387904, "4611686018427387904")]
    [InlineData(9e18, "9e+18")]
    [InlineData(-1e19, "-1e+19")]
    [InlineData(0.1, "0.10000000000000001")]
    [InlineData(-1e-5, "-1.0000000000000001e-05")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "4.9406564584124654e-324")]
    public void Scores_of_compact_sorted_sets_are_written_as_Redis_writes_them(double score, string text)
    {
        Span<byte> scratch = stackalloc byte[ScoreText.MaxLength];
        Span<byte> digits = stackalloc byte[Element.ScratchSize];
        var element = ScoreText.Write(score, scratch);
        Assert.Equal(text, Encoding.ASCII.GetString(element.AsBytes(digits)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(score), BitConverter.DoubleToInt64Bits(ScoreText.Read(element)));
    }

    [Fact]
    public void A_compact_sorted_set_becomes_large_beyond_the_limits_and_stays_so()
    {
        using var store = new Store(1);
        var database = store[0];
        var editor = database.CreateSortedSet("k"u8);
        for (var i = 0; i < 128; i++)
            editor.Add(BitConverter.GetBytes(i), i);
        Assert.True(database.Find("k"u8).IsCompact);
        editor.Add("one more"u8, 0);
        Assert.False(database.Find("k"u8).IsCompact);
        editor.Remove(new RankRange(0, 128));
        Assert.False(database.Find("k"u8).IsCompact);
        Assert.Equal(1, editor.View.Count);

        var other = database.CreateSortedSet("other"u8);
        other.Add(new byte[64], 1);
        Assert.True(database.Find("other"u8).IsCompact);
        other.Add(new byte[65], 1);
        Assert.False(database.Find("other"u8).IsCompact);
    }

    [Fact]
    public void Ranges_of_members_are_those_between_the_limits()
    {
        foreach (var packedEntries in (long[])[128, 2])
        {
            using var store = new Store(1);
            store.Limits.ZsetMaxListpackEntries = packedEntries;
            var editor = store[0].CreateSortedSet("k"u8);
            foreach (var member in (string[])["a", "b", "bb", "c", "d"])
                editor.Add(Encoding.ASCII.GetBytes(member), 0);
            var view = editor.View;
            Assert.Equal(new RankRange(0, 5), view.InRange(new MemberRange(MemberLimit.Lowest, MemberLimit.Highest)));
            Assert.Equal(new RankRange(1, 2), view.InRange(new MemberRange(MemberLimit.At("b"u8, false), MemberLimit.At("c"u8, true))));
            Assert.Equal(new RankRange(2, 2), view.InRange(new MemberRange(MemberLimit.At("b"u8, true), MemberLimit.At("c"u8, false))));
            Assert.Equal(new RankRange(2, 3), view.InRange(new MemberRange(MemberLimit.At("ba"u8, true), MemberLimit.Highest), downwards: true));
            Assert.Equal(0, view.InRange(new MemberRange(MemberLimit.Highest, MemberLimit.Lowest)).Count);
            Assert.Equal(0, view.InRange(new MemberRange(MemberLimit.At("c"u8, false), MemberLimit.At("c"u8, true))).Count);
            Assert.Equal(0, view.InRange(new MemberRange(MemberLimit.At("e"u8, false), MemberLimit.Highest)).Count);
        }
    }
}
