using AkkaKv.Commands.Commands.Bitmaps;

namespace AkkaKv.Tests.Commands.Bitmaps;

public class BitRangeTests
{
    [Fact]
    public void Counting_agrees_with_looking_at_every_bit()
    {
        Random random = new(11);
        for (int round = 0; round < 300; round++)
        {
            byte[] value = RandomValue(random, 1 + random.Next(90));
            long first = random.Next(value.Length * 8);
            long last = random.Next(value.Length * 8);
            long expected = 0;
            for (long bit = first; bit <= last; bit++)
            {
                expected += Bit(value, bit) ? 1 : 0;
            }

            Assert.Equal(expected, BitRange.Count(value, first, last));
        }
    }

    [Fact]
    public void Finding_agrees_with_looking_at_every_bit()
    {
        Random random = new(12);
        for (int round = 0; round < 600; round++)
        {
            byte[] value = RandomValue(random, 1 + random.Next(90));
            bool wanted = random.Next(2) == 0;
            long first = random.Next(value.Length * 8);
            long last = random.Next(value.Length * 8);
            long expected = -1;
            for (long bit = last; bit >= first; bit--)
            {
                expected = Bit(value, bit) == wanted ? bit : expected;
            }

            Assert.Equal(expected, BitRange.Find(value, wanted, first, last));
        }
    }

    [Fact]
    public void A_whole_megabyte_is_counted()
    {
        byte[] value = new byte[1024 * 1024 + 3];
        Array.Fill(value, (byte)0x55);
        Assert.Equal(4L * value.Length, BitRange.CountAll(value));
    }

    private static byte[] RandomValue(Random random, int length)
    {
        byte[] value = new byte[length];
        switch (random.Next(3))
        {
            case 0:
                random.NextBytes(value);
                break;
            case 1:
                Array.Fill(value, (byte)0xFF);
                value[random.Next(length)] = (byte)random.Next(256);
                break;
            default:
                value[random.Next(length)] = (byte)random.Next(256);
                break;
        }

        return value;
    }

    private static bool Bit(byte[] value, long bit) => (value[bit >> 3] >> (7 - (int)(bit & 7)) & 1) == 1;
}
