using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Scripts from the files in Scripts, executed by a real redis-server and by our engine: replies byte for byte, and what was propagated.</summary>
public sealed class ScriptDifferentialTests
{
    private const string Separator = "\n----\n";

    public static TheoryData<string, int> Files => new()
    {
        { "language.lua", 2 },
        { "language.lua", 3 },
        { "libraries.lua", 2 },
    };

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Files))]
    public void Scripts_do_what_they_do_in_redis_server(string file, int respVersion)
    {
        using RealRedis redis = new();
        DifferentialRun run = new(redis, respVersion, ["GET"]);
        Step[] steps = [.. ReadScripts(file).Select(script => new Step([Request.Of("EVAL", script, "2", "k1", "k2", "first", "2")]))];
        if (run.Difference(steps) is null)
        {
            return;
        }

        string[] differences = [.. steps.Select(step => run.Difference([step])).OfType<string>()];
        Assert.Fail($"{differences.Length} scripts differ:\n" + string.Join("\n\n", differences));
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData(2)]
    [InlineData(3)]
    public void Functions_do_what_they_do_in_redis_server(int respVersion)
    {
        using RealRedis redis = new();
        Step[] steps = [.. FunctionCommands.Select(arguments => new Step([Request.Of(arguments)]))];
        string? difference = new DifferentialRun(redis, respVersion, ["GET"]).Difference(steps);
        Assert.True(difference is null, difference);
    }

    private static string[][] FunctionCommands =>
    [
        ["FUNCTION", "FLUSH"],
        .. Libraries.Select(code => (string[])["FUNCTION", "LOAD", code]),
        ["FUNCTION", "LOAD", Sample],
        ["FUNCTION", "LOAD", Sample],
        ["FUNCTION", "LOAD", "REPLACE", Sample],
        ["FUNCTION", "LOAD", "REPLACE", "#!lua name=sample\nnonsense here"],
        ["FUNCTION", "LOAD", "#!lua name=other\nredis.register_function('get', function() end)"],
        ["FUNCTION", "LOAD", "BOGUS", Sample],
        ["FUNCTION", "LIST", "LIBRARYNAME", "nothing*"],
        ["FUNCTION", "LIST", "LIBRARYNAME"],
        ["FUNCTION", "LIST", "BOGUS"],
        ["FUNCTION", "STATS"],
        ["FUNCTION", "KILL"],
        ["FCALL", "set", "1", "k1", "value"],
        ["FCALL", "get", "1", "k1"],
        ["FCALL_RO", "get", "1", "k1"],
        ["FCALL_RO", "set", "1", "k1", "value"],
        ["FCALL", "readonly", "1", "k1"],
        ["FCALL", "error", "0"],
        ["FCALL", "globals", "0"],
        ["FCALL", "arguments", "2", "a", "b", "c"],
        ["FCALL", "upvalue", "0"],
        ["FCALL", "upvalue", "0"],
        ["FCALL", "nobody", "0"],
        ["FCALL", "get", "x"],
        ["FCALL", "get", "-1"],
        ["FCALL", "get", "5", "a"],
        ["FUNCTION", "RESTORE", "nonsense"],
        ["FUNCTION", "RESTORE", Payload],
        ["FUNCTION", "RESTORE", Payload, "REPLACE"],
        ["FUNCTION", "RESTORE", Payload, "FLUSH"],
        ["FUNCTION", "LIST", "LIBRARYNAME", "tiny", "WITHCODE"],
        ["FUNCTION", "LOAD", "REPLACE", Sample],
        ["FUNCTION", "RESTORE", "nonsense", "BOGUS"],
        ["FUNCTION", "DELETE", "nothing"],
        ["FUNCTION", "DELETE", "sample"],
        ["FCALL", "get", "1", "k1"],
        ["FUNCTION", "FLUSH", "BOGUS"],
        ["FUNCTION", "FLUSH", "ASYNC"],
        ["FUNCTION", "LIST"],
        ["SCRIPT", "LOAD", "return 1"],
        ["SCRIPT", "LOAD", "nonsense here"],
        ["SCRIPT", "EXISTS", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "E0E1F9FABFC9D4800C877A703B823AC0578FF8DB", "x"],
        ["EVALSHA", "E0E1F9FABFC9D4800C877A703B823AC0578FF8DB", "0"],
        ["EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "1"],
        ["EVALSHA", "x", "0"],
        ["EVAL_RO", "return redis.call('set', KEYS[1], 'x')", "1", "k1"],
        ["EVAL_RO", "return redis.call('get', KEYS[1])", "1", "k1"],
        ["EVAL_RO", "#!lua\nreturn 1", "0"],
        ["SCRIPT", "FLUSH", "BOGUS"],
        ["SCRIPT", "FLUSH", "SYNC"],
        ["EVALSHA", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", "0"],
        ["SCRIPT", "KILL"],
        ["MULTI"],
        ["EVAL", "redis.call('set', KEYS[1], 1) redis.call('incr', KEYS[1])", "1", "k1"],
        ["SET", "k2", "x"],
        ["EXEC"],
    ];

    /// <summary>What our FUNCTION DUMP writes for two libraries, one of them so long that it is compressed.</summary>
    private static string Payload => Encoding.Latin1.GetString(FunctionPayload.Create([
        Encoding.Latin1.GetBytes(Sample),
        "#!lua name=tiny\nredis.register_function('tiny', function() end)"u8.ToArray(),
    ]).Span);

    private const string Sample = """
        #!lua name=sample
        local count = 0
        redis.register_function('get', function(keys, args) return redis.call('GET', keys[1]) end)
        redis.register_function('set', function(keys, args) return redis.call('SET', keys[1], args[1]) end)
        redis.register_function{function_name='readonly', callback=function(keys) return redis.call('SET', keys[1], 'x') end, flags={'no-writes'}}
        redis.register_function('error', function() error('boom') end)
        redis.register_function('globals', function() return KEYS end)
        redis.register_function('arguments', function(keys, args) return {#keys, keys[2], #args, args[1]} end)
        redis.register_function('upvalue', function() count = count + 1 return count end)
        """;

    private static readonly string[] Libraries =
    [
        "",
        "#!lua",
        "#!lua\n",
        "#!lua name=\n",
        "#!lua name=a-b\nreturn",
        "#!lua name=a\nreturn",
        "#!lua foo=a\nreturn",
        "#!py name=a\nreturn",
        "#!lua name=a name=b\nreturn",
        "#!lua name=a\nredis.register_function('f', 1)",
        "#!lua name=a\nredis.register_function('f')",
        "#!lua name=a\nredis.register_function('f-1', function() end)",
        "#!lua name=a\nredis.register_function({}, function() end)",
        "#!lua name=a\nredis.register_function()",
        "#!lua name=a\nredis.register_function(1, 2, 3)",
        "#!lua name=a\nredis.register_function{function_name='f'}",
        "#!lua name=a\nredis.register_function{callback=function() end}",
        "#!lua name=a\nredis.register_function{function_name={}, callback=function() end}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=1}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=function() end, flags={'x'}}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=function() end, flags='x'}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=function() end, description={}}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=function() end, foo=1}",
        "#!lua name=a\nredis.register_function{function_name='f', callback=function() end, [1]=1}",
        "#!lua name=a\nredis.register_function('f', function() end) redis.register_function('f', function() end)",
        "#!lua name=a\nerror('x')",
        "#!lua name=a\nredis.call('get', 'x')",
        "#!lua name=a\nx = 1",
        "#!lua name=a\nreturn x",
        "#!lua name=a\nnonsense here",
    ];

    private static string[] ReadScripts(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Differential", "Scripts", file);
        return File.ReadAllText(path, Encoding.Latin1).TrimEnd('\n').Split(Separator);
    }
}
