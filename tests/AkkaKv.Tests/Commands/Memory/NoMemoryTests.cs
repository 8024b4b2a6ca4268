using AkkaKv.Keyspace;
using AkkaKv.Tests.Commands.Harness;
using AkkaKv.Tests.Keyspace;

namespace AkkaKv.Tests.Commands.Memory;

/// <summary>The operating system gives no more memory: clients are told, and nothing else happens.</summary>
public sealed class NoMemoryTests : IDisposable
{
    private const string NoMemory = "(error) OOM the system gives no more memory, the command was not executed";

    private readonly LimitedMemory _memory = new();
    private readonly TestNode _node;

    public NoMemoryTests()
    {
        _node = new TestNode(store: new Store(16, 1, guarded: true, _memory));
        _node.Line("SET small 1");
    }

    public void Dispose()
    {
        _node.Dispose();
        Assert.Equal(0, _memory.Taken);
    }

    [Theory]
    [InlineData("SETRANGE small 10000000 x")]
    [InlineData("SETRANGE new 10000000 x")]
    [InlineData("SETBIT small 80000000 1")]
    [InlineData("APPEND large {2000000}")]
    [InlineData("SET new {900000}")]
    [InlineData("SET new {5000000}")]
    [InlineData("MSET new {5000000} other {5000000}")]
    [InlineData("COPY large new")]
    [InlineData("GETSET small {900000}")]
    [InlineData("RPUSH new {900000}")]
    [InlineData("HSET new f {900000}")]
    [InlineData("SADD new {900000}")]
    [InlineData("ZADD new 1 {900000}")]
    public void A_command_that_gets_no_memory_is_refused_and_changes_nothing(string line)
    {
        _node.Ask("SET", "large", new string('x', 3_000_000));
        _memory.Limit = _memory.Taken + 100_000;
        _ = _node.Propagated;
        string[] request = [.. line.Split(' ').Select(word => word.StartsWith('{') ? new string('y', int.Parse(word.Trim('{', '}'))) : word)];
        Assert.Equal(NoMemory, _node.Ask(request));
        Assert.Empty(_node.Propagated);
        Assert.Equal("\"1\"", _node.Line("GET small"));
        Assert.Equal("(integer) 3000000", _node.Line("STRLEN large"));
        Assert.Equal("(integer) 2", _node.Line("DBSIZE"));
        Assert.Equal("OK", _node.Line("SET small 2"));
        _memory.Limit = long.MaxValue;
        Assert.DoesNotContain("OOM", _node.Ask(request));
    }

    [Fact]
    public void Once_the_reserve_is_touched_commands_that_take_memory_are_refused_until_it_is_whole_again()
    {
        _memory.Limit = _memory.Taken;
        int stored = 0;
        while (_node.Ask("SET", $"key:{stored}", new string('v', 1000)) == "OK")
        {
            stored++;
        }

        // The chunk in use was filled, then a part of the reserve: no command failed halfway.
        Assert.InRange(stored, 1500, 2500);
        Assert.Equal(NoMemory, _node.Line("SET a 1"));
        Assert.Equal("\"1\"", _node.Line("GET small"));
        Assert.Equal("(integer) 1", _node.Line("DEL key:0"));
        Assert.Equal(NoMemory, _node.Line("SET a 1"));
        Assert.Equal("OK", _node.Line("FLUSHALL"));
        Assert.Equal("OK", _node.Line("SET a 1"));
    }

    [Fact]
    public void In_a_transaction_only_the_command_that_gets_no_memory_fails()
    {
        _memory.Limit = _memory.Taken + 100_000;
        _node.Line("MULTI");
        _node.Line("SET a 1");
        _node.Line("SETRANGE b 10000000 x");
        _node.Line("INCR small");
        Assert.Equal($"[OK, {NoMemory}, (integer) 2]", _node.Line("EXEC"));
    }
}
