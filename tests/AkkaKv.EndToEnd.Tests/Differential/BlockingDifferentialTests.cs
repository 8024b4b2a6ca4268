using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Several connections that wait for lists and sorted sets at random, against a real redis-server: what every connection receives after every command must be the same, and what is propagated in the end.
/// </summary>
public sealed class BlockingDifferentialTests
{
    private const int StepsPerSeed = 600;
    private const int Clients = 6;
    private const string EndMarker = "~end of run~";

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Every_connection_is_served_when_and_what_redis_server_serves_it(int seed, int respVersion)
    {
        using RealRedis redis = new();
        using ReplicationTap tap = new(redis);
        using TestNode node = new();
        using RedisSide theirs = new(redis);
        OurSide ours = new(node);
        var random = new Random(seed);
        var generator = new BlockingGenerator(random);
        List<string> told = [];

        void Do(int client, string line)
        {
            told.Add($"{client}: {line}");
            List<string> actual = ours.Do(client, line);
            List<string> expected = theirs.Do(client, line, ours.IsWaiting(client) ? ours.Waiting : null);
            if (line.StartsWith("HELLO", StringComparison.Ordinal))
            {
                return;
            }

            Assert.True(
                expected.SequenceEqual(actual),
                $"Seed {seed}:\n  {string.Join("\n  ", told.TakeLast(40))}\nredis-server:\n  {string.Join("\n  ", expected)}\nakkakv:\n  {string.Join("\n  ", actual)}");
        }

        for (int client = 0; client < Clients; client++)
        {
            Do(client, $"HELLO {respVersion}");
        }

        for (int step = 0; step < StepsPerSeed; step++)
        {
            int[] free = [.. Enumerable.Range(0, Clients).Where(client => !ours.IsWaiting(client))];
            int actor = free[random.Next(free.Length)];
            if (free.Length < Clients && random.Next(15) == 0)
            {
                int waiting = Enumerable.Range(0, Clients).Except(free).OrderBy(_ => random.Next()).First();
                Do(actor, $"CLIENT UNBLOCK {{{waiting}}}{(random.Next(2) == 0 ? " ERROR" : random.Next(2) == 0 ? " TIMEOUT" : "")}");
                continue;
            }

            foreach (string line in generator.Step(mayWait: free.Length > 1))
            {
                Do(actor, line);
            }
        }

        theirs.Control("DISCARD");
        theirs.Control($"SET {EndMarker.Replace(' ', '_')} x");
        Assert.Equal(
            tap.ReadUntil(EndMarker.Replace(' ', '_')).Select(request => request.ToString()), node.Replication.TakePropagated());
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData("BLPOP k 0.01")]
    [InlineData("BRPOP k k2 0.001")]
    [InlineData("BLMOVE k k2 LEFT LEFT 1e-3")]
    [InlineData("BRPOPLPUSH k k2 0x1p-7")]
    [InlineData("BLMPOP .01 2 k k2 LEFT")]
    public void When_the_time_is_over_the_answer_is_that_of_redis_server(string line)
    {
        foreach (int version in (int[])[2, 3])
        {
            using RealRedis redis = new();
            using TestNode node = new();
            using RawConnection theirs = redis.Connect();
            byte[] expected = theirs.Execute([Request.Of("HELLO", $"{version}"), Request.Of(line.Split(' '))])[1];
            TestClient ours = node.Connect();
            ours.Do("HELLO", $"{version}");
            Assert.Empty(ours.DoMany(line.Split(' ')));
            node.Advance(11);
            Assert.Equal(Encoding.ASCII.GetString(expected), Encoding.ASCII.GetString(ours.Session.Output.ToArray()));
        }
    }

    private static string[] Words(string line, long[] ids)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            line = line.Replace($"{{{i}}}", $"{ids[i]}", StringComparison.Ordinal);
        }

        return line.Split(' ');
    }

    private sealed class OurSide
    {
        private readonly TestClient[] _clients;
        private readonly long[] _ids;

        public OurSide(TestNode node)
        {
            _clients = [.. Enumerable.Range(0, Clients).Select(_ => node.Connect())];
            _ids = [.. _clients.Select(client => client.Session.Id)];
        }

        public int Waiting => _clients.Count(client => client.Session.Blocked is not null);

        public bool IsWaiting(int client) => _clients[client].Session.Blocked is not null;

        public List<string> Do(int client, string line)
        {
            RespValue[] own = _clients[client].DoMany(Words(line, _ids));
            return [.. Enumerable.Range(0, Clients).SelectMany(i => (i == client ? own : _clients[i].Received()).Select(value => $"{i} < {value}"))];
        }
    }

    private sealed class RedisSide : IDisposable
    {
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

        private readonly RawConnection _control;
        private readonly RawConnection[] _connections;
        private readonly long[] _ids;

        public RedisSide(RealRedis redis)
        {
            _control = redis.Connect();
            _connections = [.. Enumerable.Range(0, Clients).Select(_ => redis.Connect())];
            _ids = [.. _connections.Select(connection => Parse(connection.Execute([Request.Of("CLIENT", "ID")])[0]).Integer)];
        }

        /// <summary>Executes a line; waits for the reply, or until as many connections wait as <paramref name="waiting"/> says.</summary>
        public List<string> Do(int client, string line, int? waiting)
        {
            OutputBuffer output = new();
            Request.Of(Words(line, _ids)).WriteTo(output);
            _connections[client].Send(output.ToArray());
            DateTime end = DateTime.UtcNow + Deadline;
            while (!_connections[client].HasInput && (waiting is null || Waiting() != waiting) && DateTime.UtcNow < end)
            {
                Thread.Yield();
            }

            // What that command has given to others was written before this is answered.
            Control("PING");
            List<string> heard = [];
            for (int i = 0; i < Clients; i++)
            {
                while (_connections[i].HasInput)
                {
                    heard.Add($"{i} < {Parse(_connections[i].ReadReply())}");
                }
            }

            return heard;
        }

        public byte[] Control(string line) => _control.Execute([Request.Of(line.Split(' '))])[0];

        public void Dispose()
        {
            Array.ForEach(_connections, connection => connection.Dispose());
            _control.Dispose();
        }

        private int Waiting()
        {
            string text = Parse(Control("INFO clients")).Text;
            int start = text.IndexOf("blocked_clients:", StringComparison.Ordinal) + "blocked_clients:".Length;
            return int.Parse(text.AsSpan(start, text.IndexOf('\r', start) - start), System.Globalization.CultureInfo.InvariantCulture);
        }

        private static RespValue Parse(byte[] bytes)
        {
            int position = 0;
            Assert.Equal(ParseStatus.Ok, new ReplyReader().Read(bytes, ref position, out RespValue value));
            return value;
        }
    }
}
