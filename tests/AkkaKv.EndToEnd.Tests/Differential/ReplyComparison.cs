using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Compares raw replies. Byte for byte, but for what legitimately differs: the order of keys, and the few milliseconds that lie between
/// two executions.
/// </summary>
internal static class ReplyComparison
{
    private const long MillisecondTolerance = 5_000;
    private const long SecondTolerance = 5;

    private static readonly Dictionary<string, Func<RespValue, RespValue, bool>> Approximate = new()
    {
        ["KEYS"] = SameKeys,
        ["SCAN"] = SameScan,
        ["TTL"] = (left, right) => Near(left, right, SecondTolerance),
        ["EXPIRETIME"] = (left, right) => Near(left, right, SecondTolerance),
        ["PTTL"] = (left, right) => Near(left, right, MillisecondTolerance),
        ["PEXPIRETIME"] = (left, right) => Near(left, right, MillisecondTolerance),
        ["HGETALL"] = SamePairs,
        ["HKEYS"] = SameKeys,
        ["HVALS"] = SameKeys,
        ["HSCAN"] = (left, right) => left[0].Text == right[0].Text && SamePairs(left[1], right[1]),
        ["HRANDFIELD"] = SameShape,
        ["SMEMBERS"] = SameKeys,
        ["SINTER"] = SameKeys,
        ["SUNION"] = SameKeys,
        ["SDIFF"] = SameKeys,
        ["SPOP"] = SameKeys,
        ["SSCAN"] = SameScan,
        ["SRANDMEMBER"] = SameShape,
        ["ZSCAN"] = (left, right) => left[0].Text == right[0].Text && SamePairs(left[1], right[1]),
        ["ZRANDMEMBER"] = SameShape,
        ["XPENDING"] = SameButTimes,
        ["XINFO"] = SameButTimes,
        ["OBJECT"] = (left, right) => Near(left, right, SecondTolerance),
    };

    /// <summary>Whether the command's replies are not compared byte for byte.</summary>
    public static bool IsApproximate(Request request) => Approximate.ContainsKey(request.Name) || IsUnsortedSet(request);

    public static bool Same(Request request, byte[] expected, byte[] actual) => expected.AsSpan().SequenceEqual(actual)
        || (IsUnsortedSet(request) && expected[0] == '*' && actual[0] == '*' && SameUnsorted(request, Read(expected), Read(actual)))
        || (Approximate.TryGetValue(request.Name, out Func<RespValue, RespValue, bool>? same)
            && expected[0] == actual[0]
            && expected[0] is (byte)'*' or (byte)':' or (byte)'$' or (byte)'%' or (byte)'~'
            && same(Read(expected), Read(actual)));

    /// <summary>SORT … BY nosort of a set, whose name begins with one of two letters: its members come in the order of a hash table.</summary>
    private static bool IsUnsortedSet(Request request) => request.Name is "SORT" or "SORT_RO"
        && request.Arguments is [_, [(byte)'s' or (byte)'i', ..], ..]
        && request.Arguments.Skip(2).Zip(request.Arguments.Skip(3))
        .Any(pair => Encoding.Latin1.GetString(pair.First).Equals("BY", StringComparison.OrdinalIgnoreCase) && !pair.Second.Contains((byte)'*'));

    /// <summary>The same members in any order; with LIMIT as many of them.</summary>
    private static bool SameUnsorted(Request request, RespValue left, RespValue right) =>
        request.Arguments.Any(word => Encoding.Latin1.GetString(word).Equals("LIMIT", StringComparison.OrdinalIgnoreCase))
            ? left.Items.Count == right.Items.Count
            : SameKeys(left, right);

    private static RespValue Read(byte[] reply)
    {
        int position = 0;
        Assert.Equal(ParseStatus.Ok, new ReplyReader().Read(reply, ref position, out RespValue value));
        return value;
    }

    private static bool Near(RespValue left, RespValue right, long tolerance) =>
        left.Kind == RespKind.Integer && right.Kind == RespKind.Integer
        && left.Integer >= 0 && right.Integer >= 0 && Math.Abs(left.Integer - right.Integer) <= tolerance;

    private static bool SameScan(RespValue left, RespValue right) => left[0].Text == right[0].Text && SameKeys(left[1], right[1]);

    private static bool SameKeys(RespValue left, RespValue right) => Sorted(left).SequenceEqual(Sorted(right));

    /// <summary>The same keys with the same values, in any order.</summary>
    private static bool SamePairs(RespValue left, RespValue right) => SortedPairs(left).SequenceEqual(SortedPairs(right));

    private static IEnumerable<string> SortedPairs(RespValue pairs) =>
        pairs.Items.Chunk(2).Select(pair => string.Join(' ', pair.Select(item => Request.Quote(item.Bytes.ToArray())))).Order(StringComparer.Ordinal);

    /// <summary>What is drawn at random: as many of the same kind.</summary>
    private static bool SameShape(RespValue left, RespValue right) => left.Kind == right.Kind
        && (left.Kind != RespKind.Array || (left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(pair => SameShape(pair.First, pair.Second))));

    /// <summary>The same, but for points in time and what is counted from them: "idle", and the third of four things that XPENDING tells of an entry.</summary>
    private static bool SameButTimes(RespValue left, RespValue right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        if (left.Kind == RespKind.Integer)
        {
            return left.Integer == right.Integer || (left.Integer > 1_000_000_000_000 && Near(left, right, MillisecondTolerance));
        }

        if (left.Kind is not (RespKind.Array or RespKind.Map))
        {
            return left.ToString() == right.ToString();
        }

        bool isPending = left.Items.Count == 4 && left[2].Kind == RespKind.Integer && left[3].Kind == RespKind.Integer;
        return left.Items.Count == right.Items.Count && Enumerable.Range(0, left.Items.Count).All(i =>
            SameButTimes(left[i], right[i])
            || (((isPending && i == 2) || (i > 0 && left[i - 1].Kind == RespKind.Bulk && left[i - 1].Text == "idle")) && Near(left[i], right[i], MillisecondTolerance)));
    }

    private static IEnumerable<string> Sorted(RespValue keys) =>
        keys.Items.Select(key => Encoding.Latin1.GetString(key.Bytes)).Order(StringComparer.Ordinal);
}
