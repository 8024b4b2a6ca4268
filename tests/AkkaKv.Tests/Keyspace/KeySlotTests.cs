using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed class KeySlotTests
{
    // CLUSTER KEYSLOT of Redis 7.0.15; 123456789 is the check value that CRC16/XMODEM is published with (0x31C3).
    [Theory]
    [InlineData("123456789", 12739)]
    [InlineData("", 0)]
    [InlineData("foo", 12182)]
    [InlineData("bar", 5061)]
    [InlineData("hello", 866)]
    public void A_key_has_the_slot_that_redis_gives_it(string key, int slot)
    {
        Assert.Equal(slot, KeySlot.Of(Of(key)));
    }

    [Theory]
    [InlineData("{user1000}.following", "user1000")]
    [InlineData("foo{{bar}}zap", "{bar")]
    [InlineData("foo{bar}{zap}", "bar")]
    [InlineData("}{tag}", "tag")]
    public void Only_the_part_in_the_first_braces_counts(string key, string tag)
    {
        Assert.Equal(KeySlot.Of(Of(tag)), KeySlot.Of(Of(key)));
    }

    [Theory]
    [InlineData("foo{}{bar}")]
    [InlineData("foo{bar")]
    [InlineData("foo}bar")]
    public void Without_a_part_in_braces_the_whole_key_counts(string key)
    {
        var crc = 0;
        foreach (var value in Of(key))
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = ((crc << 1) ^ ((crc & 0x8000) != 0 ? 0x1021 : 0)) & 0xFFFF;
        }

        Assert.Equal(crc % KeySlot.Count, KeySlot.Of(Of(key)));
    }
}
