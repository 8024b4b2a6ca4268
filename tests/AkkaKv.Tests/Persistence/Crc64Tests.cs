using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

public sealed class Crc64Tests
{
    [Fact]
    public void The_check_value_of_the_polynomial_is_the_published_one() =>
        Assert.Equal(0xe9c6d914c4b8d9caUL, Crc64.Append(0, "123456789"u8));

    [Fact]
    public void Any_split_of_the_data_gives_the_same_sum()
    {
        var data = new byte[100];
        new Random(1).NextBytes(data);
        var whole = Crc64.Append(0, data);
        for (var split = 0; split <= data.Length; split++)
            Assert.Equal(whole, Crc64.Append(Crc64.Append(0, data.AsSpan(0, split)), data.AsSpan(split)));
    }
}
