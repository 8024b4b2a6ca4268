using AkkaKv.Actors.Settings;

namespace AkkaKv.EndToEnd.Tests.Configuration;

public sealed class SettingTextTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("250 ms", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("3 seconds", 3000)]
    [InlineData("40", 40)]
    [InlineData("0s", 0)]
    public void Durations_have_a_unit_or_are_milliseconds(string text, double ms)
    {
        Assert.True(SettingText.TryDuration(text, out TimeSpan value));
        Assert.Equal(ms, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("5 parsecs")]
    [InlineData("1e400s")]
    [InlineData("99999999999999d")]
    public void Other_texts_are_no_durations(string text) => Assert.False(SettingText.TryDuration(text, out _));

    [Theory]
    [InlineData("65536", 65536)]
    [InlineData("1kb", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("64mb", 64L << 20)]
    [InlineData("2 GiB", 2L << 30)]
    [InlineData("1g", 1L << 30)]
    public void Sizes_are_read_as_HOCON_and_redis_conf_write_them(string text, long bytes)
    {
        Assert.True(SettingText.TryBytes(text, out long value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5mb")]
    [InlineData("1tb")]
    [InlineData("99999999999gb")]
    public void Other_texts_are_no_sizes(string text) => Assert.False(SettingText.TryBytes(text, out _));

    [Theory]
    [InlineData("db1:6379", "db1", 6379)]
    [InlineData("db1 6379", "db1", 6379)]
    [InlineData("[::1]:80", "::1", 80)]
    [InlineData("::1 80", "::1", 80)]
    public void An_endpoint_is_host_and_port(string text, string host, int port)
    {
        Assert.True(HostPort.TryParse(text, out HostPort value));
        Assert.Equal(new HostPort(host, port), value);
        Assert.True(HostPort.TryParse(value.ToString(), out HostPort again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("db1")]
    [InlineData(":80")]
    [InlineData("db1:0")]
    [InlineData("db1:65536")]
    [InlineData("::1:80")]
    [InlineData("db1:+80")]
    public void Other_texts_are_no_endpoints(string text) => Assert.False(HostPort.TryParse(text, out _));
}
