using System.Text;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Runs the same commands on a real Redis and on our engine, both empty at the start, and tells the first difference.</summary>
/// <param name="redis">The real Redis.</param>
/// <param name="respVersion">2 or 3.</param>
/// <param name="readers">Commands that read a whole value when a key is given to them; each is asked of every key at the end, whatever its type.</param>
internal sealed class DifferentialRun(RealRedis redis, int respVersion, params string[][] readers)
{
    /// <summary>Stands in a reader for the key, if that is not its first argument.</summary>
    public const string KeyPlace = "~key~";

    /// <summary>A key that no generator uses: the end of a run in the replication stream.</summary>
    private const string EndMarker = "~end of run~";

    private const int DatabasesUsed = 4;

    /// <summary>Null if all replies, what was propagated, and all keys at the end agree; otherwise what does not.</summary>
    public string? Difference(IReadOnlyList<Step> steps)
    {
        List<Request> requests = [Request.Of("HELLO", $"{respVersion}"), .. steps.SelectMany(step => step.Requests), .. Inspection(steps)];
        using RawConnection connection = redis.Connect();
        connection.Execute([Request.Of("FLUSHALL")]);
        using ReplicationTap tap = new(redis);
        List<byte[]> expected = connection.Execute(requests);
        connection.Execute([Request.Of("DISCARD"), Request.Of("SET", EndMarker, "")]);
        List<Request> expectedStream = tap.ReadUntil(EndMarker);

        using EngineUnderTest engine = new();
        for (int i = 0; i < requests.Count; i++)
        {
            byte[] actual = engine.Execute(requests[i]);
            if (i > 0 && !ReplyComparison.Same(requests[i], expected[i], actual))
            {
                return $"reply to command {i - 1}: {requests[i]}\n  redis-server: {Show(expected[i], actual)}\n  akkakv:       {Show(actual, expected[i])}";
            }
        }

        return PropagatedCommands.Difference(expectedStream, engine.Propagated());
    }

    /// <summary>Asks for every key of every database, so that no difference stays hidden in the data.</summary>
    private IEnumerable<Request> Inspection(IReadOnlyList<Step> steps)
    {
        List<byte[]> keys = [.. steps.SelectMany(step => step.Requests).SelectMany(request => request.Arguments.Skip(1))
            .Where(argument => argument.Length < 12).DistinctBy(Request.Quote)];
        for (int database = 0; database < DatabasesUsed; database++)
        {
            yield return Request.Of("SELECT", $"{database}");
            yield return Request.Of("KEYS", "*");
            foreach (byte[] key in keys)
            {
                foreach (string[] reader in readers)
                {
                    byte[][] arguments = Request.Of(reader).Arguments;
                    int place = Array.IndexOf(reader, KeyPlace);
                    yield return new Request(place < 0 ? [arguments[0], key, .. arguments.Skip(1)] : [.. arguments.Take(place), key, .. arguments.Skip(place + 1)]);
                }

                yield return new Request([.. Request.Of("PEXPIRETIME").Arguments, key]);
                yield return new Request([.. Request.Of("OBJECT", "ENCODING").Arguments, key]);
            }
        }
    }

    /// <summary>A reply, or if it is long what stands around the first byte that differs.</summary>
    private static string Show(byte[] reply, byte[] other)
    {
        int first = Math.Max(0, reply.AsSpan().CommonPrefixLength(other) - 200);
        return (first > 0 ? "… " : "") + Encoding.Latin1.GetString(reply.AsSpan(first, Math.Min(400, reply.Length - first)))
            .Replace("\r\n", "\\r\\n", StringComparison.Ordinal);
    }
}
