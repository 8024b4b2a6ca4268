using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Keys;

public sealed class KeyCommandTests : IDisposable
{
    private const long Now = 1_700_000_000_000;

    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Keys_are_counted_removed_and_typed()
    {
        _node.Line("MSET a 1 b 2 c 3");
        Assert.Equal("(integer) 3", _node.Line("EXISTS a a b x"));
        Assert.Equal("(integer) 2", _node.Line("TOUCH a b x"));
        Assert.Equal("string", _node.Line("TYPE a"));
        Assert.Equal("none", _node.Line("TYPE x"));
        _ = _node.Propagated;
        Assert.Equal("(integer) 1", _node.Line("DEL a a x"));
        Assert.Equal("(integer) 2", _node.Line("UNLINK b c"));
        Assert.Equal("(integer) 0", _node.Line("DEL a"));
        Assert.Equal(["DEL a a x", "UNLINK b c"], _node.Propagated);
    }

    [Theory]
    [InlineData("EXPIRE k 10", "PEXPIREAT k 1700000010000")]
    [InlineData("PEXPIRE k 10 NX", "PEXPIREAT k 1700000000010 NX")]
    [InlineData("EXPIREAT k 1800000000", "PEXPIREAT k 1800000000000")]
    [InlineData("PEXPIREAT k 1800000000000 lt", "PEXPIREAT k 1800000000000 lt")]
    [InlineData("EXPIRE k -1", "DEL k")]
    [InlineData("EXPIRE k 0", "DEL k")]
    [InlineData("PEXPIREAT k 1", "DEL k")]
    public void An_expiry_is_propagated_as_a_point_in_time_and_one_in_the_past_as_DEL(string command, string propagated)
    {
        _node.Line("SET k v");
        _ = _node.Propagated;
        Assert.Equal("(integer) 1", _node.Line(command));
        Assert.Equal([propagated], _node.Propagated);
    }

    [Fact]
    public void A_replica_keeps_a_key_whose_expiry_its_master_sets_in_the_past()
    {
        _node.Line("SET k v");
        _node.Replication.IsReplica = true;
        _node.Client.Session.Kind = AkkaKv.Commands.Sessions.SessionKind.Master;
        _node.Client.DoMany("PEXPIREAT", "k", "1");
        Assert.True(_node.Store[0].Find("k"u8).Exists);
    }

    [Theory]
    [InlineData("EXPIRE k 9223372036854775807", "ERR invalid expire time in 'expire' command")]
    [InlineData("PEXPIRE k 9223372036854775807", "ERR invalid expire time in 'pexpire' command")]
    [InlineData("EXPIREAT k -9223372036854775808", "ERR invalid expire time in 'expireat' command")]
    [InlineData("EXPIRE k abc", "ERR value is not an integer or out of range")]
    [InlineData("EXPIRE k abc NX XX", "ERR NX and XX, GT or LT options at the same time are not compatible")]
    [InlineData("EXPIRE k 1 GT LT", "ERR GT and LT options at the same time are not compatible")]
    [InlineData("EXPIRE k 1 Soon", "ERR Unsupported option Soon")]
    public void Wrong_expiries_are_named(string command, string error)
    {
        _node.Line("SET k v");
        Assert.Equal("(error) " + error, _node.Line(command));
        Assert.Equal("(integer) -1", _node.Line("TTL k"));
    }

    [Fact]
    public void The_time_to_live_is_told_in_seconds_milliseconds_and_as_point_in_time()
    {
        _node.Line("SET k v PX 10499");
        Assert.Equal("(integer) 10", _node.Line("TTL k"));
        Assert.Equal("(integer) 10499", _node.Line("PTTL k"));
        Assert.Equal("(integer) 1700000010", _node.Line("EXPIRETIME k"));
        Assert.Equal($"(integer) {Now + 10499}", _node.Line("PEXPIRETIME k"));
        Assert.Equal("(integer) 1", _node.Line("PERSIST k"));
        Assert.Equal("(integer) 0", _node.Line("PERSIST k"));
        Assert.Equal("(integer) -1", _node.Line("PTTL k"));
        Assert.Equal("(integer) -2", _node.Line("TTL missing"));
    }

    [Fact]
    public void A_key_is_there_in_its_last_millisecond_and_gone_after_it()
    {
        _node.Line("SET k v PX 10");
        _node.NowMs += 10;
        Assert.Equal("\"v\"", _node.Line("GET k"));
        _node.NowMs++;
        Assert.Equal("(nil)", _node.Line("GET k"));
        Assert.Equal(0, _node.Store[0].Count);
    }

    [Fact]
    public void RENAME_moves_value_and_expiry_over_what_was_there()
    {
        _node.Line("SET a 1 EX 100");
        _node.Line("SET b 2");
        _ = _node.Propagated;
        Assert.Equal("(integer) 0", _node.Line("RENAMENX a b"));
        Assert.Equal("OK", _node.Line("RENAME a b"));
        Assert.Equal("\"1\"", _node.Line("GET b"));
        Assert.Equal("(integer) 100", _node.Line("TTL b"));
        Assert.Equal("OK", _node.Line("RENAME b b"));
        Assert.Equal("(integer) 1", _node.Line("RENAMENX b c"));
        Assert.Equal("(error) ERR no such key", _node.Line("RENAME a b"));
        Assert.Equal(["RENAME a b", "RENAMENX b c"], _node.Propagated);
    }

    [Fact]
    public void MOVE_and_COPY_take_a_key_to_another_database()
    {
        _node.Line("SET a 1 EX 100");
        Assert.Equal("(integer) 1", _node.Line("COPY a b DB 3"));
        Assert.Equal("(integer) 0", _node.Line("COPY a b DB 3"));
        Assert.Equal("(integer) 1", _node.Line("COPY a b DB 3 REPLACE"));
        Assert.Equal("(integer) 1", _node.Line("MOVE a 3"));
        Assert.Equal("(integer) 0", _node.Line("MOVE a 3"));
        Assert.Equal(2, _node.Store[3].Count);
        Assert.Equal(2, _node.Store[3].ExpiringCount);
        Assert.Equal("(error) ERR source and destination objects are the same", _node.Line("COPY a a"));
        Assert.Equal("(error) ERR source and destination objects are the same", _node.Line("MOVE a 0"));
        Assert.Equal("(error) ERR DB index is out of range", _node.Line("MOVE a 16"));
        Assert.Equal("(error) ERR DB index is out of range", _node.Line("COPY a b DB -1"));
        Assert.Equal("(error) ERR value is not an integer or out of range", _node.Line("COPY a b DB x"));
        Assert.Equal("(error) ERR syntax error", _node.Line("COPY a b DB"));
    }

    [Fact]
    public void KEYS_and_SCAN_find_what_fits_and_has_not_expired()
    {
        for (int i = 0; i < 500; i++)
        {
            _node.Line($"SET key:{i} v");
        }

        _node.Line("SET key:gone v PX 1");
        _node.Line("SET other v");
        _node.NowMs += 2;
        Assert.Equal(111, _node.Do("KEYS", "key:1*").Items.Count);
        HashSet<string> seen = [];
        string cursor = "0";
        do
        {
            RespValue reply = _node.Do("SCAN", cursor, "MATCH", "key:*", "COUNT", "7", "TYPE", "STRING");
            cursor = reply[0].Text;
            seen.UnionWith(reply[1].Items.Select(key => key.Text));
        }
        while (cursor != "0");
        Assert.Equal(500, seen.Count);
        Assert.False(_node.Store[0].Find("key:gone"u8).Exists);
        Assert.Contains("DEL key:gone", _node.Propagated);
    }

    [Theory]
    [InlineData("SCAN abc", "ERR invalid cursor")]
    [InlineData("SCAN 0 COUNT 0", "ERR syntax error")]
    [InlineData("SCAN 0 COUNT x", "ERR value is not an integer or out of range")]
    [InlineData("SCAN 0 MATCH", "ERR syntax error")]
    public void Wrong_scans_are_named(string command, string error) => Assert.Equal("(error) " + error, _node.Line(command));

    [Fact]
    public void RANDOMKEY_passes_expired_keys_over()
    {
        Assert.Equal("(nil)", _node.Line("RANDOMKEY"));
        _node.Line("SET gone v PX 1");
        _node.Line("SET here v");
        _node.NowMs += 2;
        Assert.Equal("\"here\"", _node.Line("RANDOMKEY"));
        _node.Line("DEL here");
        Assert.Equal("(nil)", _node.Line("RANDOMKEY"));
    }

    [Fact]
    public void RANDOMKEY_ends_on_a_replica_whose_keys_have_all_expired()
    {
        _node.Line("SET gone v PX 1");
        _node.NowMs += 2;
        _node.Replication.IsReplica = true;
        Assert.Equal("\"gone\"", _node.Line("RANDOMKEY"));
    }

    [Theory]
    [InlineData("SET k v")]
    [InlineData("APPEND k v")]
    [InlineData("SETRANGE k 0 v")]
    [InlineData("SETBIT k 1 1")]
    [InlineData("BITFIELD k SET u8 0 1")]
    [InlineData("BITOP OR k source")]
    [InlineData("COPY source k")]
    [InlineData("RENAME source k")]
    [InlineData("INCR k")]
    [InlineData("INCRBYFLOAT k 1")]
    [InlineData("MSET k v")]
    public void A_key_is_in_use_from_the_moment_of_its_creation(string command)
    {
        _node.Line("SET source v");
        _node.Line(command);
        Assert.Equal("(integer) 0", _node.Line("OBJECT IDLETIME k"));
    }

    [Fact]
    public void OBJECT_tells_what_Redis_would_tell()
    {
        _node.Line("SET n 12345");
        _node.Line("SET small 7");
        _node.Line("SET t text");
        _node.Ask("SET", "long", new string('x', 45));
        Assert.Equal("\"int\"", _node.Line("OBJECT ENCODING n"));
        Assert.Equal("\"embstr\"", _node.Line("OBJECT ENCODING t"));
        Assert.Equal("\"raw\"", _node.Line("OBJECT ENCODING long"));
        Assert.Equal("(integer) 2147483647", _node.Line("OBJECT REFCOUNT small"));
        Assert.Equal("(integer) 1", _node.Line("OBJECT REFCOUNT n"));
        _node.NowMs += 5000;
        Assert.Equal("(integer) 5", _node.Line("OBJECT IDLETIME n"));
        _node.Line("GET n");
        Assert.Equal("(integer) 0", _node.Line("OBJECT IDLETIME n"));
        Assert.StartsWith("(error) ERR An LFU maxmemory policy is not selected", _node.Line("OBJECT FREQ n"));
        Assert.Equal("(nil)", _node.Line("OBJECT ENCODING missing"));
        Assert.StartsWith("[OBJECT has these subcommands:", _node.Line("OBJECT HELP"));
    }
}
