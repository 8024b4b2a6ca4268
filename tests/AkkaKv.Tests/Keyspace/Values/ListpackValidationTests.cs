using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

/// <summary>Bytes from outside: the check reads through spans of their exact length, which throw at the first byte beyond; what passes it can be walked.</summary>
public sealed class ListpackValidationTests
{
    private static readonly byte[] Pack = ListpackModel.PackOf(
        Of("a"), Of("5"), Of("-3000"), Of("30000"), Of("8000000"), Of("2000000000"), Of("9000000000"), new byte[70], new byte[200], new byte[4200]);

    [Fact]
    public void A_pack_that_passes_after_any_single_byte_was_changed_can_be_walked_both_ways()
    {
        var passed = 0;
        for (var at = 0; at < Pack.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                // The long texts in the middle are data, a few values there are enough.
                if (at > 400 && at < Pack.Length - 20 && value % 50 != 0)
                    continue;
                var mutated = Pack.ToArray();
                mutated[at] = (byte)value;
                if (!Listpack.Validate(mutated, deep: true))
                    continue;
                passed++;
                Walk(mutated);
            }
        }

        Assert.InRange(passed, Pack.Length, Pack.Length * 256);
    }

    [Fact]
    public void A_pack_cut_short_or_with_something_behind_is_refused()
    {
        for (var length = 0; length < Pack.Length; length++)
        {
            Assert.False(Listpack.Validate(Pack.AsSpan(0, length), deep: true));
            Assert.False(Listpack.Validate(Pack.AsSpan(0, length), deep: false));
            var shortened = Pack[..length];
            if (length < 4)
                continue;
            BitConverter.TryWriteBytes(shortened, length);
            Assert.False(Listpack.Validate(shortened, deep: true));
        }

        Assert.False(Listpack.Validate([.. Pack, 0xFF], deep: true));
        Assert.True(Listpack.Validate(Pack, deep: true));
        Assert.True(Listpack.Validate(Pack, deep: false));
    }

    [Fact]
    public void Random_bytes_never_make_the_check_read_outside()
    {
        var random = new Random(11);
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = new byte[random.Next(7, 40)];
            random.NextBytes(bytes);
            BitConverter.TryWriteBytes(bytes, bytes.Length);
            bytes[4] = (byte)random.Next(4);
            bytes[5] = 0;
            bytes[^1] = 0xFF;
            if (Listpack.Validate(bytes, deep: true))
                Walk(bytes);
        }
    }

    [Theory]
    [InlineData("0B000000 0100 81 61 03 05 FF")] // A back length that is not the body's size.
    [InlineData("09000000 0200 05 01 FF")] // Fewer entries than announced.
    [InlineData("09000000 0000 05 01 FF")] // More entries than announced.
    [InlineData("09000000 0100 FF 01 FF")] // An end in the middle.
    [InlineData("09000000 0100 F5 01 FF")] // An unknown encoding.
    [InlineData("0D000000 0100 F0 FFFFFFFF 05 FF")] // A length that would reach around the address space.
    [InlineData("08000000 0100 05 FF")] // An entry without its back length.
    public void Damage_is_refused(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", ""));
        Assert.False(Listpack.Validate(bytes, deep: true));
    }

    [Fact]
    public void An_unknown_count_is_no_damage()
    {
        var pack = Pack.ToArray();
        pack[4] = pack[5] = 0xFF;
        Assert.True(Listpack.Validate(pack, deep: true));
        Assert.Equal(10, Listpack.Count(pack));
    }

    private static void Walk(byte[] pack)
    {
        var forwards = 0;
        var backwards = 0;
        var scratch = new byte[Element.ScratchSize];
        for (var at = Listpack.First(pack); at >= 0; at = Listpack.Next(pack, at), forwards++)
            Assert.InRange(Listpack.Get(pack, at).AsBytes(scratch).Length, 0, pack.Length);
        for (var at = Listpack.Last(pack); at >= 0; at = Listpack.Previous(pack, at))
            backwards++;
        Assert.Equal(forwards, backwards);
        Assert.Equal(forwards, Listpack.Count(pack));
    }
}
