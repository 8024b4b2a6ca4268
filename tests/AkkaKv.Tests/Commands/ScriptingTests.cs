using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class ScriptingTests : IDisposable
{
    /// <summary>Redlock's release: only who holds the lock may remove it.</summary>
    private const string Release = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_lock_is_released_by_its_holder_only()
    {
        _node.Do("SET", "lock", "mine");
        Assert.Equal("(integer) 0", _node.Ask("EVAL", Release, "1", "lock", "other"));
        Assert.Equal("(integer) 1", _node.Ask("EVAL", Release, "1", "lock", "mine"));
    }

    [Fact]
    public void Effects_are_propagated_in_a_transaction_and_a_single_one_by_itself()
    {
        _node.Do("EVAL", "redis.call('set', 'a', 1) redis.call('incr', 'b') redis.call('get', 'a')", "0");
        Assert.Equal(["MULTI", "set a 1", "incr b", "EXEC"], _node.Propagated);
        _node.Do("EVAL", "return redis.call('incr', 'b')", "0");
        Assert.Equal(["incr b"], _node.Propagated);
        _node.Do("EVAL", "return redis.call('get', 'b')", "0");
        Assert.Empty(_node.Propagated);
    }

    [Fact]
    public void What_a_script_did_before_it_failed_stays_and_is_propagated()
    {
        Assert.StartsWith("ERR user_script:1: boom", _node.Do("EVAL", "redis.call('set', 'a', 1) error('boom')", "0").Text);
        Assert.Equal("1", _node.Do("GET", "a").Text);
        Assert.Equal(["set a 1"], _node.Propagated);
    }

    [Fact]
    public void A_script_inside_a_transaction_belongs_to_its_group()
    {
        _node.Do("MULTI");
        _node.Do("EVAL", "redis.call('set', 'a', 1) redis.call('set', 'b', 2)", "0");
        _node.Do("SET", "c", "3");
        _node.Do("EXEC");
        Assert.Equal(["MULTI", "set a 1", "set b 2", "SET c 3", "EXEC"], _node.Propagated);
    }

    [Fact]
    public void A_selected_database_is_the_scripts_own()
    {
        _node.Do("EVAL", "redis.call('select', 3) redis.call('set', 'a', 'three')", "0");
        Assert.Equal(0, _node.Client.Session.DatabaseIndex);
        _node.Do("SELECT", "3");
        Assert.Equal("three", _node.Do("GET", "a").Text);
    }

    [Fact]
    public void A_read_only_replica_lets_scripts_read_and_not_write()
    {
        _node.Replication.IsReplica = true;
        Assert.Equal("(integer) 1", _node.Ask("EVAL", "redis.call('get', 'a') return 1", "0"));
        Assert.StartsWith("READONLY You can't write against a read only replica. script: ", _node.Do("EVAL", "return redis.call('set', 'a', 1)", "0").Text);
        Assert.StartsWith("READONLY", _node.Do("EVAL", "#!lua\nreturn 1", "0").Text);
        Assert.Equal("(integer) 1", _node.Ask("EVAL", "#!lua flags=no-writes\nreturn 1", "0"));
    }

    [Fact]
    public void INFO_counts_scripts_and_functions()
    {
        _node.Do("SCRIPT", "LOAD", "return 1");
        _node.Do("FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function() end)");
        string info = _node.Do("INFO", "memory").Text;
        Assert.Contains("number_of_cached_scripts:1\r\n", info);
        Assert.Contains("number_of_functions:1\r\n", info);
        _node.Do("SCRIPT", "FLUSH");
        Assert.Contains("number_of_cached_scripts:0\r\n", _node.Do("INFO", "memory").Text);
    }

    [Fact]
    public void Functions_are_propagated_and_survive_a_dump()
    {
        _node.Do("FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('f', function() return 7 end)");
        Assert.StartsWith("FUNCTION LOAD #!lua name=lib", Assert.Single(_node.Propagated));
        using var other = new TestNode();
        Assert.Null(other.Engine.ReplaceFunctionLibraries(_node.Engine.GetFunctionLibraries()));
        Assert.Equal("(integer) 7", other.Ask("FCALL", "f", "0"));
    }

    [Fact]
    public void A_cached_script_that_reads_a_key_takes_little_managed_memory()
    {
        _node.Do("SET", "key", "value");
        string digest = _node.Do("SCRIPT", "LOAD", "return redis.call('get', KEYS[1])").Text;
        var request = new AkkaKv.Protocol.OwnedArguments(
            [.. new[] { "EVALSHA", digest, "1", "key" }.Select(System.Text.Encoding.ASCII.GetBytes)]);
        Execute(request, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Execute(request, 10_000);
        long perCall = (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000;
        Assert.InRange(perCall, 0, 64);
    }

    private void Execute(AkkaKv.Protocol.OwnedArguments request, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _node.Engine.Execute(_node.Client.Session, request.View, _node.NowMs);
            _node.Client.Session.Output.Clear();
        }
    }
}
