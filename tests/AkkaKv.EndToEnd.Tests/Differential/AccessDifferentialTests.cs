using AkkaKv.Commands.Table;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Random users and rules: what they are shown as, whom they let in, and what they refuse.</summary>
public sealed class AccessDifferentialTests
{
    private const int StepsPerSeed = 1500;

    /// <summary>Commands of later versions, which this Redis does not show.</summary>
    private static readonly HashSet<string> LaterCommands =
        [.. CommandTable.Default.RowsAndSubcommands.Where(row => Version.Parse(row.Since) > new Version(7, 0, 15)).Select(row => row.FullName)];

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Users_rules_and_refusals_are_those_of_redis_server(int seed, int respVersion)
    {
        using RealRedis redis = new();
        using RawConnection connection = redis.Connect();
        using EngineUnderTest engine = new();
        ArgumentPool pool = new(new Random((seed * 2) + respVersion));
        List<Request> done = [];
        for (int i = 0; i < StepsPerSeed; i++)
        {
            List<Request> step = AccessGenerators.Step(pool);
            List<byte[]> expected = connection.Execute(step);
            for (int k = 0; k < step.Count; k++)
            {
                done.Add(step[k]);
                string wanted = Comparable(step[k], expected[k]);
                string got = Comparable(step[k], engine.Execute(step[k]));
                Assert.True(wanted == got, $"Seed {seed}: {step[k]}\n  redis-server: {wanted}\n  akkakv:       {got}\nafter\n  {string.Join("\n  ", done.TakeLast(40))}");
            }
        }
    }

    [RequiresProgram("redis-server")]
    public void Each_category_has_the_commands_that_it_has_in_redis_server()
    {
        using RealRedis redis = new();
        using RawConnection connection = redis.Connect();
        using EngineUnderTest engine = new();
        HashSet<string> served = [.. CommandTable.Default.RowsAndSubcommands.Where(row => row.IsServed).Select(row => row.FullName)];
        foreach ((_, string category) in AclCategoryNames.All)
        {
            Request request = Request.Of("ACL", "CAT", category);
            IEnumerable<string> expected = Read(connection.Execute([request])[0]).Items.Select(item => item.Text);
            HashSet<string> known = [.. expected.Where(served.Contains)];
            HashSet<string> shown = [.. Read(engine.Execute(request)).Items.Select(item => item.Text).Where(name => !LaterCommands.Contains(name))];
            Assert.Equal(known.Order(), shown.Order());
        }
    }

    /// <summary>Commands that no category covers are shown in the order of Redis's hash table, which is chance, and HELLO tells who the client is.</summary>
    private static string Comparable(Request request, byte[] reply)
    {
        if (request.Name == "HELLO")
        {
            return ((char)reply[0]).ToString();
        }

        return Comparable(Read(reply));
    }

    private static string Comparable(RespValue value) => value.Items.Count > 0
        ? $"{value.Kind}({string.Join(", ", value.Items.Select(Comparable))})"
        : value.Kind == RespKind.Bulk && value.Text.Contains("@all", StringComparison.Ordinal)
            ? string.Join(' ', value.Text.Split(' ', '(', ')').Where(rule => !LaterCommands.Contains(rule.TrimStart('+', '-'))).Order(StringComparer.Ordinal))
            : value.ToString();

    private static RespValue Read(byte[] reply)
    {
        int position = 0;
        Assert.Equal(ParseStatus.Ok, new ReplyReader().Read(reply, ref position, out RespValue value));
        return value;
    }
}
