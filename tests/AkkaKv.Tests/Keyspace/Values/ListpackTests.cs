using System.Globalization;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

public sealed class ListpackTests
{
    [Theory]
    [InlineData("0", "00 01")]
    [InlineData("127", "7F 01")]
    [InlineData("128", "C0 80 02")]
    [InlineData("-1", "DF FF 02")]
    [InlineData("4095", "CF FF 02")]
    [InlineData("-4096", "D0 00 02")]
    [InlineData("4096", "F1 00 10 03")]
    [InlineData("-4097", "F1 FF EF 03")]
    [InlineData("32767", "F1 FF 7F 03")]
    [InlineData("-32768", "F1 00 80 03")]
    [InlineData("32768", "F2 00 80 00 04")]
    [InlineData("-32769", "F2 FF 7F FF 04")]
    [InlineData("8388607", "F2 FF FF 7F 04")]
    [InlineData("-8388608", "F2 00 00 80 04")]
    [InlineData("8388608", "F3 00 00 80 00 05")]
    [InlineData("-8388609", "F3 FF FF 7F FF 05")]
    [InlineData("2147483647", "F3 FF FF FF 7F 05")]
    [InlineData("-2147483648", "F3 00 00 00 80 05")]
    [InlineData("2147483648", "F4 00 00 00 80 00 00 00 00 09")]
    [InlineData("-2147483649", "F4 FF FF FF 7F FF FF FF FF 09")]
    [InlineData("9223372036854775807", "F4 FF FF FF FF FF FF FF 7F 09")]
    [InlineData("-9223372036854775808", "F4 00 00 00 00 00 00 00 80 09")]
    [InlineData("", "80 01")]
    [InlineData("a", "81 61 02")]
    [InlineData("-0", "82 2D 30 03")]
    public void Each_encoding_has_its_bytes(string text, string expected)
    {
        var pack = ListpackModel.PackOf(Of(text));
        Assert.Equal(expected, Convert.ToHexString(pack[6..^1]).Chunk(2).Aggregate("", (all, pair) => all + " " + new string(pair)).Trim());
        Assert.Equal(pack.Length - Listpack.EmptySize, Listpack.EncodedSize(Of(text)));
        Assert.Equal(text, Text(Listpack.Get(pack, Listpack.First(pack)).AsBytes(new byte[Element.ScratchSize])));
    }

    [Theory]
    [InlineData(63, 1, 1)]
    [InlineData(64, 2, 1)]
    [InlineData(125, 2, 1)]
    [InlineData(126, 2, 2)]
    [InlineData(4095, 2, 2)]
    [InlineData(4096, 5, 2)]
    [InlineData(16_377, 5, 2)]
    [InlineData(16_378, 5, 3)]
    [InlineData(2_097_145, 5, 3)]
    [InlineData(2_097_146, 5, 4)]
    [InlineData(268_435_449, 5, 4)]
    [InlineData(268_435_450, 5, 5)]
    public void Texts_of_every_length_are_found_forwards_and_backwards(int length, int headSize, int backLengthSize)
    {
        var element = new byte[length];
        Array.Fill(element, (byte)'x');
        var size = headSize + length + backLengthSize;
        Assert.Equal(size, Listpack.EncodedSize(element));
        var pack = ListpackModel.PackOf(Of("before"), element, Of("77"));
        var at = Listpack.Seek(pack, 1);
        Assert.True(Listpack.Get(pack, at).Text.SequenceEqual(element));
        Assert.Equal(at + size, Listpack.Next(pack, at));
        Assert.Equal(at, Listpack.Previous(pack, at + size));
        Assert.Equal(at, Listpack.Seek(pack, -2));
        Assert.True(Listpack.Validate(pack, deep: true));
    }

    [Fact]
    public void Every_integer_comes_back()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var pack = new byte[Listpack.EmptySize + Listpack.EncodedSize(value)];
            Listpack.Initialize(pack);
            Listpack.Append(pack, new Element(value));
            Assert.Equal(value, Listpack.Get(pack, 6).Integer);
            Assert.Equal(6, Listpack.Last(pack));
            Assert.Equal(Listpack.EncodedSize(value), Listpack.EncodedSize(Of(value.ToString(CultureInfo.InvariantCulture))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_agree_with_a_plain_list(int seed)
    {
        var random = new Random(seed);
        var model = new ListpackModel();
        for (var i = 0; i < 5000; i++)
        {
            var index = random.Next(model.Elements.Count);
            switch (random.Next(10))
            {
                case < 5 when model.Elements.Count < 200:
                    model.Insert(random.Next(model.Elements.Count + 1), RandomElement(random));
                    break;
                case < 7 when model.Elements.Count > 0:
                    model.Replace(index, RandomElement(random));
                    break;
                case 7 when model.Elements.Count > 0:
                    model.Delete(index, random.Next(4));
                    break;
                case 8 when model.Elements.Count > 0:
                    model.Delete(index, 1);
                    break;
                default:
                    CheckFind(model, random);
                    break;
            }

            if (i % 20 == 0)
                model.Check();
        }
    }

    [Fact]
    public void Seeking_finds_every_number_and_none_besides()
    {
        for (var count = 0; count < 12; count++)
        {
            var pack = ListpackModel.PackOf([.. Enumerable.Range(0, count).Select(i => Of("e" + i))]);
            for (var index = -count - 3; index < count + 3; index++)
            {
                var at = Listpack.Seek(pack, index);
                var expected = index < 0 ? index + count : index;
                Assert.Equal(expected >= 0 && expected < count, at >= 0);
                if (at >= 0)
                    Assert.Equal("e" + expected, Text(Listpack.Get(pack, at).Text));
            }
        }
    }

    [Fact]
    public void From_65535_entries_on_they_are_counted()
    {
        var pack = new byte[1 << 20];
        Listpack.Initialize(pack);
        for (var i = 0; i < 65_534; i++)
            Listpack.Append(pack, new Element(i & 63));
        Assert.Equal([0xFE, 0xFF], pack[4..6]);
        for (var i = 65_534; i < 65_600; i++)
        {
            Listpack.Append(pack, new Element(i & 63));
            Assert.Equal([0xFF, 0xFF], pack[4..6]);
            Assert.Equal(i + 1, Listpack.Count(pack));
        }

        Assert.Equal(65_599 & 63, Listpack.Get(pack, Listpack.Seek(pack, 65_599)).Integer);
        Assert.Equal(0, Listpack.Get(pack, Listpack.Seek(pack, -65_600)).Integer);
        Assert.Equal(-1, Listpack.Seek(pack, 65_600));
        Assert.Equal(-1, Listpack.Seek(pack, -65_601));
        var size = Listpack.Delete(pack, 6, 600);
        Assert.Equal(65_000, Listpack.Count(pack));
        Assert.Equal([0xFF, 0xFF], pack[4..6]);
        Assert.True(Listpack.Validate(pack.AsSpan(0, size), deep: true));
    }

    [Fact]
    public void Finding_compares_only_every_other_entry_if_told_so()
    {
        var pack = ListpackModel.PackOf(Of("b"), Of("a"), Of("a"), Of("12"), Of("12"), Of("x"));
        Assert.Equal(Listpack.Seek(pack, 2), Listpack.Find(pack, Of("a"), Listpack.First(pack), 1));
        Assert.Equal(Listpack.Seek(pack, 1), Listpack.Find(pack, Of("a"), Listpack.First(pack), 0));
        Assert.Equal(Listpack.Seek(pack, 4), Listpack.Find(pack, Of("12"), Listpack.First(pack), 1));
        Assert.Equal(-1, Listpack.Find(pack, Of("x"), Listpack.First(pack), 1));
        Assert.Equal(-1, Listpack.Find(pack, Of("a"), -1, 0));
    }

    [Fact]
    public void A_number_that_somebody_stored_as_text_is_found()
    {
        // Redis stores 12 as an integer, but reads a pack in which it is a text.
        byte[] pack = [11, 0, 0, 0, 1, 0, 0x82, (byte)'1', (byte)'2', 3, 0xFF];
        Assert.True(Listpack.Validate(pack, deep: true));
        Assert.Equal(6, Listpack.Find(pack, Of("12"), 6, 0));
        Assert.Equal(-1, Listpack.Find(pack, Of("13"), 6, 0));
    }

    [Fact]
    public void Encoded_entries_are_inserted_as_they_are()
    {
        var source = ListpackModel.PackOf(Of("p"), Of("1000"), Of("q"));
        var target = ListpackModel.PackOf(Of("first"), Of("last"));
        var at = Listpack.Seek(target, 1);
        var entries = source.AsSpan(6..^1);
        Array.Resize(ref target, target.Length + entries.Length);
        Assert.Equal(target.Length, Listpack.InsertEncoded(target, at, entries, 3));
        Assert.Equal(ListpackModel.PackOf(Of("first"), Of("p"), Of("1000"), Of("q"), Of("last")), target);
    }

    private static void CheckFind(ListpackModel model, Random random)
    {
        var element = model.Elements.Count > 0 && random.Next(3) > 0 ? model.Elements[random.Next(model.Elements.Count)] : RandomElement(random);
        var expected = model.Elements.FindIndex(other => other.AsSpan().SequenceEqual(element));
        var found = Listpack.Find(model.Pack, element, Listpack.First(model.Pack), 0);
        Assert.Equal(expected < 0 ? -1 : Listpack.Seek(model.Pack, expected), found);
    }

    private static byte[] RandomElement(Random random)
    {
        if (random.Next(2) == 0)
            return Of((random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)).ToString(CultureInfo.InvariantCulture));
        var element = new byte[random.Next(20) == 0 ? random.Next(20_000) : random.Next(150)];
        random.NextBytes(element);
        return element;
    }
}
