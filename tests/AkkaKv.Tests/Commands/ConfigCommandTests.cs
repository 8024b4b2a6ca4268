using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

/// <summary>CONFIG GET and SET.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void CONFIG_GET_matches_patterns_and_shows_old_names()
    {
        Assert.Equal("[\"timeout\", \"0\"]", _node.Line("CONFIG GET timeout"));
        Assert.Equal("[\"replica-priority\", \"100\", \"slave-priority\", \"100\"]", _node.Line("CONFIG GET *A*-PRIORITY"));
        Assert.Equal("[\"databases\", \"16\", \"save\", \"\"]", _node.Line("CONFIG GET save databases save"));
        Assert.Equal("[]", _node.Line("CONFIG GET nope"));
        _node.Client.Line("HELLO 3");
        Assert.Equal("{\"appendonly\", \"no\"}", _node.Line("CONFIG GET appendonly"));
    }

    [Theory]
    [InlineData("CONFIG GET", "(error) ERR wrong number of arguments for 'config|get' command")]
    [InlineData("CONFIG SET a", "(error) ERR wrong number of arguments for 'config|set' command")]
    [InlineData("CONFIG SET timeout 1 a", "(error) ERR wrong number of arguments for 'config|set' command")]
    [InlineData("CONFIG SET foo bar", "(error) ERR Unknown option or number of arguments for CONFIG SET - 'foo'")]
    [InlineData("CONFIG SET maxmemory abc", "(error) ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be a memory value")]
    [InlineData("CONFIG SET databases 3", "(error) ERR CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config")]
    [InlineData("CONFIG SET timeout 1 timeout 2", "(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - duplicate parameter")]
    [InlineData("CONFIG SET replica-read-only maybe", "(error) ERR CONFIG SET failed (possibly related to argument 'replica-read-only') - argument must be 'yes' or 'no'")]
    [InlineData("CONFIG SET timeout -1", "(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - argument must be between 0 and 2147483647 inclusive")]
    [InlineData("CONFIG SET notify-keyspace-events Q", "(error) ERR CONFIG SET failed (possibly related to argument 'notify-keyspace-events') - Invalid event class character. Use 'Ag$lshzxeKEtmdn'.")]
    [InlineData("CONFIG SET client-output-buffer-limit x", "(error) ERR CONFIG SET failed (possibly related to argument 'client-output-buffer-limit') - Wrong number of arguments in buffer limit configuration.")]
    public void CONFIG_errors_are_those_of_Redis(string request, string expected) => Assert.Equal(expected, _node.Line(request));

    [Fact]
    public void CONFIG_SET_sets_all_or_nothing()
    {
        Assert.Equal("OK", _node.Line("CONFIG SET timeout 5 maxmemory 10mb slave-priority 7"));
        Assert.Equal((5, 10L << 20, 7), (_node.Settings.IdleTimeoutSeconds, _node.Settings.MaxMemory, _node.Settings.ReplicaPriority));
        Assert.Equal([("timeout", "5"), ("maxmemory", "10485760"), ("replica-priority", "7")], _node.Server.AppliedSettings);
        Assert.StartsWith("(error)", _node.Line("CONFIG SET timeout 9 maxmemory x"));
        Assert.Equal(5, _node.Settings.IdleTimeoutSeconds);
        _node.Server.Refusal = "not now";
        Assert.Equal("(error) ERR CONFIG SET failed (possibly related to argument 'timeout') - not now", _node.Line("CONFIG SET timeout 9"));
        Assert.Equal(5, _node.Settings.IdleTimeoutSeconds);
    }

    [Fact]
    public void CONFIG_SET_of_the_output_limits_changes_the_named_class_only()
    {
        Assert.Equal("OK", _node.Ask("CONFIG", "SET", "client-output-buffer-limit", "replica 1gb 512mb 30"));
        Assert.Equal(
            "[\"client-output-buffer-limit\", \"normal 0 0 0 slave 1073741824 536870912 30 pubsub 33554432 8388608 60\"]",
            _node.Line("CONFIG GET client-output-buffer-limit"));
        Assert.Equal(new ClientOutputLimit(1L << 30, 512L << 20, 30), ClientOutputLimits.Of(_node.Settings, "slave"));
    }

    [Fact]
    public void Every_parameter_can_be_set_to_what_it_shows()
    {
        foreach (ConfigParameter parameter in ConfigTable.All)
        {
            string shown = parameter.Show(_node.Settings);
            Assert.Null(parameter.Change(_node.Settings, shown));
            Assert.Equal(shown, parameter.Show(_node.Settings));
        }
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2k", 2000)]
    [InlineData("2KB", 2048)]
    [InlineData("3mb", 3 << 20)]
    [InlineData("1G", 1_000_000_000)]
    public void Memory_sizes_have_units(string text, long expected)
    {
        Assert.True(MemorySize.TryParse(text, out long bytes));
        Assert.Equal(expected, bytes);
        Assert.False(MemorySize.TryParse("-" + text, out _));
        Assert.False(MemorySize.TryParse(text + "x", out _));
    }
}
