using System.Text;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Keys;

public sealed class SerializationTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_value_that_is_dumped_can_be_restored_under_another_name()
    {
        _node.Line("RPUSH list a b 3");
        var payload = Dump("list");
        Assert.Equal("OK", _node.Ask("RESTORE", "copy", "0", payload));
        Assert.Equal(_node.Line("DEBUG DIGEST-VALUE list"), _node.Line("DEBUG DIGEST-VALUE copy"));
        Assert.Equal("BUSYKEY Target key name already exists.", _node.Ask("RESTORE", "copy", "0", payload)["(error) ".Length..]);
        Assert.True(_node.Do("DUMP", "nothing").IsNull);
    }

    [Fact]
    public void A_time_to_live_is_propagated_as_a_moment()
    {
        _node.Line("SET key value");
        var payload = Dump("key");
        _ = _node.Propagated;
        Assert.Equal("OK", _node.Ask("RESTORE", "key", "5000", payload, "REPLACE"));
        Assert.Equal("(integer) 5000", _node.Line("PTTL key"));
        Assert.Equal([$"RESTORE key {_node.NowMs + 5000} {payload} REPLACE ABSTTL"], _node.Propagated);
        Assert.Equal("OK", _node.Ask("RESTORE", "key", $"{_node.NowMs + 7000}", payload, "REPLACE", "ABSTTL"));
        Assert.Equal("(integer) 7000", _node.Line("PTTL key"));
        Assert.Equal([$"RESTORE key {_node.NowMs + 7000} {payload} REPLACE ABSTTL"], _node.Propagated);
    }

    [Fact]
    public void A_value_that_is_expired_already_only_removes_what_it_was_to_replace()
    {
        _node.Line("SET key value");
        var payload = Dump("key");
        _ = _node.Propagated;
        Assert.Equal("OK", _node.Ask("RESTORE", "key", "1", payload, "REPLACE", "ABSTTL"));
        Assert.Equal("(integer) 0", _node.Line("EXISTS key"));
        Assert.Equal(["DEL key"], _node.Propagated);
        Assert.Equal("OK", _node.Ask("RESTORE", "key", "1", payload, "ABSTTL"));
        Assert.Empty(_node.Propagated);
        Assert.Equal("(integer) 0", _node.Line("DBSIZE"));
    }

    [Fact]
    public void A_damaged_payload_leaves_everything_as_it_was()
    {
        _node.Line("SET key value");
        var payload = Dump("key");
        Assert.Equal("ERR DUMP payload version or checksum are wrong", _node.Ask("RESTORE", "key", "0", payload[..^1] + "x", "REPLACE")["(error) ".Length..]);
        Assert.Equal("ERR DUMP payload version or checksum are wrong", _node.Ask("RESTORE", "key", "0", "", "REPLACE")["(error) ".Length..]);
        Assert.Equal("ERR Bad data format", _node.Ask("RESTORE", "key", "0", WithFooter([99, 1]), "REPLACE")["(error) ".Length..]);
        Assert.Equal("ERR Bad data format", _node.Ask("RESTORE", "key", "0", WithFooter([1, 3, 1, (byte)'a']), "REPLACE")["(error) ".Length..]);
        Assert.Equal("ERR Bad data format", _node.Ask("RESTORE", "key", "0", WithFooter([1, 0]), "REPLACE")["(error) ".Length..]);
        Assert.Equal("value", _node.Line("GET key").Trim('"'));
        Assert.Equal("(integer) 1", _node.Line("DBSIZE"));
    }

    [Theory]
    [InlineData("0 p IDLETIME -1", "ERR Invalid IDLETIME value, must be >= 0")]
    [InlineData("0 p IDLETIME x", "ERR value is not an integer or out of range")]
    [InlineData("0 p IDLETIME", "ERR syntax error")]
    [InlineData("0 p FREQ 256", "ERR Invalid FREQ value, must be >= 0 and <= 255")]
    [InlineData("0 p FREQ 1 IDLETIME 1", "ERR syntax error")]
    [InlineData("0 p other", "ERR syntax error")]
    [InlineData("-1 p", "ERR Invalid TTL value, must be >= 0")]
    [InlineData("x p", "ERR value is not an integer or out of range")]
    public void Wrong_options_are_refused(string arguments, string expected) =>
        Assert.Equal(expected, _node.Line($"RESTORE key {arguments}")["(error) ".Length..]);

    [Fact]
    public void An_idle_time_and_a_counter_are_taken_over_where_the_policy_has_them()
    {
        _node.Line("SET key value");
        var payload = Dump("key");
        _node.Ask("RESTORE", "idle", "0", payload, "IDLETIME", "500");
        Assert.Equal("(integer) 500", _node.Line("OBJECT IDLETIME idle"));
        _node.Line("CONFIG SET maxmemory-policy allkeys-lfu");
        _node.Ask("RESTORE", "often", "0", payload, "FREQ", "77");
        Assert.Equal("(integer) 77", _node.Line("OBJECT FREQ often"));
    }

    private static string WithFooter(byte[] value)
    {
        byte[] content = [.. value, 10, 0];
        return Encoding.Latin1.GetString([.. content, .. BitConverter.GetBytes(AkkaKv.Persistence.Rdb.Crc64.Append(0, content))]);
    }

    private string Dump(string key) => Encoding.Latin1.GetString(_node.Do("DUMP", key).Bytes);
}
