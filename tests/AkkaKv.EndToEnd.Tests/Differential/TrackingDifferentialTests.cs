using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Client-side caching of three connections (two speak RESP3, one RESP2) at random, against a real redis-server: what every connection receives after every command must be the same.
/// </summary>
public sealed class TrackingDifferentialTests
{
    private const int CommandsPerSeed = 1500;
    private const int Clients = 3;

    private static readonly string[] Options = ["BCAST", "OPTIN", "OPTOUT", "NOLOOP", "PREFIX k", "PREFIX k1", "PREFIX x", "REDIRECT {2}", "REDIRECT 999999", "REDIRECT abc", "nonsense"];

    [RequiresProgramTheory("redis-server")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_connection_hears_what_it_would_hear_from_redis_server(int seed)
    {
        using RealRedis redis = new();
        using TestNode node = new();
        using RedisSide theirs = new(redis);
        OurSide ours = new(node);
        var random = new Random(seed);
        var told = new List<string>();
        foreach ((int client, string line) in Prologue().Concat(Enumerable.Range(0, CommandsPerSeed).Select(_ => (random.Next(Clients), RandomLine(random)))))
        {
            told.Add($"{client}: {line}");
            List<string> expected = theirs.Do(client, line);
            List<string> actual = ours.Do(client, line);
            Assert.True(
                expected.SequenceEqual(actual),
                $"Seed {seed}:\n  {string.Join("\n  ", told.TakeLast(25))}\nredis-server:\n  {string.Join("\n  ", expected)}\nakkakv:\n  {string.Join("\n  ", actual)}");
        }
    }

    private static IEnumerable<(int Client, string Line)> Prologue() =>
        [(0, "HELLO 3"), (1, "HELLO 3"), (2, "SUBSCRIBE __redis__:invalidate")];

    private static string RandomLine(Random random)
    {
        string key = $"k{random.Next(4)}";
        return random.Next(24) switch
        {
            < 6 => $"GET {key}",
            6 => $"MGET {key} x1 k9",
            < 10 => $"SET {key} v{random.Next(100)}",
            10 => $"DEL {key} x1",
            11 => "SET x1 v",
            12 => $"EXPIRE {key} -1",
            13 => random.Next(4) == 0 ? "FLUSHALL" : "FLUSHDB",
            14 => "CLIENT TRACKING OFF",
            < 19 => "CLIENT TRACKING ON" + string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => " " + Options[random.Next(Options.Length)])),
            19 => random.Next(2) == 0 ? "CLIENT CACHING YES" : "CLIENT CACHING NO",
            20 => "CLIENT TRACKINGINFO",
            21 => "CLIENT GETREDIR",
            22 => $"SETEX {key} 100 v",
            _ => $"INCR n{key}",
        };
    }

    /// <summary>The ids of connections differ; where a connection is named, its number stands in braces.</summary>
    private static string Show(RespValue value, string line, long[] ids)
    {
        string text = value.ToString();
        for (int i = 0; i < ids.Length && line is ("CLIENT GETREDIR" or "CLIENT TRACKINGINFO"); i++)
        {
            text = text.Replace($"(integer) {ids[i]}", $"{{{i}}}", StringComparison.Ordinal);
        }

        return line == "HELLO 3" ? "greeting" : text;
    }

    private static string[] Words(string line, long[] ids) =>
        [.. line.Split(' ').Select(word => word == "{2}" ? $"{ids[2]}" : word)];

    private sealed class OurSide
    {
        private readonly TestClient[] _clients;
        private readonly long[] _ids;

        public OurSide(TestNode node)
        {
            _clients = [.. Enumerable.Range(0, Clients).Select(_ => node.Connect())];
            _ids = [.. _clients.Select(client => client.Session.Id)];
        }

        public List<string> Do(int client, string line)
        {
            List<string> heard = [];
            RespValue[] own = _clients[client].DoMany(Words(line, _ids));
            for (int i = 0; i < Clients; i++)
            {
                heard.AddRange((i == client ? own : _clients[i].Received()).Select(value => $"{i} < {Show(value, line, _ids)}"));
            }

            return heard;
        }
    }

    private sealed class RedisSide : IDisposable
    {
        private readonly RawConnection[] _connections;
        private readonly long[] _ids;

        public RedisSide(RealRedis redis)
        {
            _connections = [.. Enumerable.Range(0, Clients).Select(_ => redis.Connect())];
            _ids = [.. _connections.Select(connection => long.Parse(Encoding.ASCII.GetString(connection.Execute([Request.Of("CLIENT", "ID")])[0]).Trim(':', '\r', '\n')))];
        }

        public List<string> Do(int client, string line)
        {
            List<string> heard = [];
            OutputBuffer output = new();
            Request.Of(Words(line, _ids)).WriteTo(output);
            _connections[client].Send(output.ToArray());
            List<string> own = [Show(Parse(_connections[client].ReadReply()), line, _ids)];
            for (int i = 0; i < Clients; i++)
            {
                heard.AddRange((i == client ? own.Concat(Drain(i, line)) : Drain(i, line)).Select(text => $"{i} < {text}"));
            }

            return heard;
        }

        public void Dispose() => Array.ForEach(_connections, connection => connection.Dispose());

        private static RespValue Parse(byte[] bytes)
        {
            int position = 0;
            Assert.Equal(ParseStatus.Ok, new ReplyReader().Read(bytes, ref position, out RespValue value));
            return value;
        }

        /// <summary>What the connection has received beside its replies; CLIENT commands are the ones that leave CLIENT CACHING in force.</summary>
        private List<string> Drain(int client, string line)
        {
            List<string> heard = [];
            OutputBuffer output = new();
            Request.Of("CLIENT", "ID").WriteTo(output);
            _connections[client].Send(output.ToArray());
            while (true)
            {
                byte[] reply = _connections[client].ReadReply();
                if (reply[0] == ':' || reply.AsSpan().IndexOf("Can't execute 'client|id'"u8) >= 0)
                {
                    return heard;
                }

                heard.Add(Show(Parse(reply), line, _ids));
            }
        }
    }
}
