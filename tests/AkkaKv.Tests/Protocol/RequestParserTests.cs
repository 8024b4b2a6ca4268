using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

public sealed class RequestParserTests
{
    /// <summary>Feeds <paramref name="input"/> up to each of <paramref name="ends"/> and describes what came out.</summary>
    private static string Run(byte[] input, int[] ends, bool unauthenticated = false)
    {
        var parser = new RequestParser { Unauthenticated = unauthenticated };
        var batch = new RequestBatch();
        var seen = new StringBuilder();

        // A host keeps only what was not consumed, at the front of its buffer: so the bytes move between the calls.
        byte[] buffer = new byte[input.Length];
        int held = 0;
        int fed = 0;
        foreach (int end in ends)
        {
            input.AsSpan(fed, end - fed).CopyTo(buffer.AsSpan(held));
            held += end - fed;
            fed = end;
            ParseStatus status = parser.Parse(buffer, 0, held, batch, out int consumed);
            for (int i = 0; i < batch.Count; i++)
            {
                Arguments request = batch[i];
                seen.Append('[');
                for (int a = 0; a < request.Count; a++)
                {
                    seen.Append(a == 0 ? "" : "|").Append(Encoding.Latin1.GetString(request[a]));
                }

                seen.Append(request.Raw.IsEmpty ? " inline]" : "]");
            }

            batch.Clear();
            if (status == ParseStatus.Error)
            {
                return seen.Append("!").Append(parser.ErrorMessage).ToString();
            }

            Assert.Equal(status == ParseStatus.NeedMore, consumed < held);
            buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
            held -= consumed;
        }

        return seen.Append(held > 0 ? "…" : "").ToString();
    }

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n", "[PING]")]
    [InlineData("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nx\r\ny\n\r\n", "[SET|a|x\r\ny\n]")]
    [InlineData("*2\r\n$4\r\nECHO\r\n$0\r\n\r\n*1\r\n$4\r\nPING\r\n", "[ECHO|][PING]")]
    [InlineData("*2\r\n$3\r\nGET\r\n$12\r\nabcdefghijkl\r\n", "[GET|abcdefghijkl]")]
    [InlineData("*0\r\n*-1\r\n*-5\r\nPING\r\n", "[PING inline]")]
    [InlineData("\r\n\r\n\nPING\r\n", "[PING inline]")]
    [InlineData("   \r\n", "")]
    [InlineData("PING\nPING\n", "[PING inline][PING inline]")]
    [InlineData("  set  a\tb  \r\n", "[set|a|b inline]")]
    [InlineData("set a \"x \\x41\\n\\t\\\\\\\"\\q\"\r\n", "[set|a|x A\n\t\\\"q inline]")]
    [InlineData("set a \"\\xg1\\x4\"\r\n", "[set|a|xg1x4 inline]")]
    [InlineData("set a 'x\\'y\\n'\r\n", "[set|a|x'y\\n inline]")]
    [InlineData("\"\" a''\r\n", "[|a inline]")]
    [InlineData("echo a\vb\r\n", "[echo|a\vb inline]")]
    [InlineData("*1\rx$4\rxPINGzz", "[PING]")]
    [InlineData("*1\r\n$4\r\nPIN", "…")]
    [InlineData("PIN", "…")]
    [InlineData("*2147483647\r\n", "…")]
    [InlineData("*2147483648\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*x\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*+1\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*01\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*-0\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*99999999999999999999\r\n", "!ERR Protocol error: invalid multibulk length")]
    [InlineData("*1\r\nx4\r\n", "!ERR Protocol error: expected '$', got 'x'")]
    [InlineData("*1\r\n\r\n", "!ERR Protocol error: expected '$', got ' '")]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n:1\r\n", "[PING]!ERR Protocol error: expected '$', got ':'")]
    [InlineData("*1\r\n$-1\r\n", "!ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$01\r\n", "!ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$536870913\r\n", "!ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$1073741824\r\n", "!ERR Protocol error: invalid bulk length")]
    [InlineData("set a \"foo\r\n", "!ERR Protocol error: unbalanced quotes in request")]
    [InlineData("set a \"foo\"b\r\n", "!ERR Protocol error: unbalanced quotes in request")]
    [InlineData("set a 'foo\\'\r\n", "!ERR Protocol error: unbalanced quotes in request")]
    public void A_request_reads_the_same_however_its_bytes_arrive(string input, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        foreach (int[] ends in Segmentation.Of(bytes.Length))
        {
            Assert.Equal(expected, Run(bytes, ends));
        }
    }

    [Theory]
    [InlineData("*11\r\n", "!ERR Protocol error: unauthenticated multibulk length")]
    [InlineData("*10\r\n$16385\r\n", "!ERR Protocol error: unauthenticated bulk length")]
    [InlineData("*10\r\n$16384\r\n", "…")]
    [InlineData("*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n", "[AUTH|x]")]
    public void Clients_that_have_not_authenticated_may_only_send_little(string input, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        foreach (int[] ends in Segmentation.Of(bytes.Length))
        {
            Assert.Equal(expected, Run(bytes, ends, unauthenticated: true));
        }
    }

    [Theory]
    [InlineData("*", '1', "!ERR Protocol error: too big mbulk count string")]
    [InlineData("*1\r\n$", '1', "!ERR Protocol error: too big bulk count string")]
    [InlineData("*1\r\nx", '1', "!ERR Protocol error: too big bulk count string")]
    [InlineData("", 'a', "!ERR Protocol error: too big inline request")]
    public void A_line_without_end_is_refused_after_64_KB(string before, char filler, string expected)
    {
        byte[] allowed = Encoding.Latin1.GetBytes(before + new string(filler, RequestLimits.LineMax - 1));
        Assert.Equal("…", Run(allowed, [allowed.Length]));
        byte[] tooLong = Encoding.Latin1.GetBytes(before + new string(filler, RequestLimits.LineMax + 1));
        Assert.Equal(expected, Run(tooLong, [tooLong.Length]));
        Assert.Equal(expected, Run(tooLong, [.. Enumerable.Range(1, 200).Select(i => tooLong.Length * i / 200)]));
    }

    [Fact]
    public void The_raw_bytes_of_a_request_are_exactly_what_arrived()
    {
        byte[] bytes = "*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n"u8.ToArray();
        var batch = new RequestBatch();
        Assert.Equal(ParseStatus.Ok, new RequestParser().Parse(bytes, 0, bytes.Length, batch, out int consumed));
        Assert.Equal(bytes.Length, consumed);
        Assert.Equal("*1\r\n$4\r\nPING\r\n"u8, batch[0].Raw);
        Assert.Equal("*2\r\n$3\r\nGET\r\n$1\r\na\r\n"u8, batch[1].Raw);
        Assert.Equal(4, batch[1].TotalLength);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[1][2].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[2].Count);
    }

    [Theory]
    [InlineData("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$0\r\n\r\n")]
    [InlineData("set a \"\"\r\n")]
    public void A_copied_request_outlives_the_receive_buffer(string input)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        var batch = new RequestBatch();
        new RequestParser().Parse(bytes, 0, bytes.Length, batch, out _);
        byte[] raw = batch[0].Raw.ToArray();
        var copy = new OwnedArguments(batch[0]);
        Array.Clear(bytes);
        Assert.Equal(3, copy.View.Count);
        Assert.Equal("set", Encoding.Latin1.GetString(copy.View[0]).ToLowerInvariant());
        Assert.Equal("a"u8, copy.View[1]);
        Assert.Equal(""u8, copy.View[2]);
        Assert.Equal(raw, copy.View.Raw);
    }

    [Fact]
    public void A_pending_request_says_how_many_bytes_it_needs()
    {
        byte[] bytes = "*2\r\n$3\r\nGET\r\n$100000\r\nab"u8.ToArray();
        var parser = new RequestParser();
        Assert.Equal(ParseStatus.NeedMore, parser.Parse(bytes, 0, bytes.Length, new RequestBatch(), out int consumed));
        Assert.Equal(0, consumed);
        Assert.Equal(bytes.Length - 2 + 100000 + 2, parser.BytesNeeded);
    }

    [Theory]
    [InlineData("*2147483647\r\n")]
    [InlineData("*2147483647\r\n$3\r\nSET\r\n")]
    [InlineData("*1\r\n$1073741824\r\n")]
    [InlineData("*1\r\n$536870912\r\n")]
    public void Announcing_a_huge_length_takes_no_memory(string input)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        var parser = new RequestParser();
        var batch = new RequestBatch();
        parser.Parse(bytes, 0, bytes.Length, batch, out _);
        parser = new RequestParser();
        long before = GC.GetAllocatedBytesForCurrentThread();
        parser.Parse(bytes, 0, bytes.Length, batch, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Fact]
    public void Many_small_requests_and_one_large_one_parse_in_pieces()
    {
        var text = new StringBuilder("*5000\r\n");
        for (int i = 0; i < 5000; i++)
        {
            text.Append('$').Append(i.ToString().Length).Append("\r\n").Append(i).Append("\r\n");
        }

        byte[] bytes = Encoding.Latin1.GetBytes(text + "*1\r\n$4\r\nPING\r\n");
        string whole = Run(bytes, [bytes.Length]);
        Assert.EndsWith("|4998|4999][PING]", whole);
        Assert.Equal(whole, Run(bytes, [.. Enumerable.Range(1, 100).Select(i => bytes.Length * i / 100)]));
    }

    [Fact]
    public void Random_bytes_never_break_the_parser_and_read_the_same_in_any_pieces()
    {
        var random = new Random(20240229);
        ReadOnlySpan<byte> alphabet = "*$\r\n\r\n\r\n0123-+ PINGset\"'\\x:\0"u8;
        for (int round = 0; round < 4000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 80)];
            if (round % 2 == 0)
            {
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = alphabet[random.Next(alphabet.Length)];
                }
            }
            else
            {
                // Mostly sound requests with one byte changed reach deeper than noise does.
                bytes = "*3\r\n$3\r\nSET\r\n$2\r\nab\r\n$10\r\n0123456789\r\nGET 'x y'\r\n*1\r\n$4\r\nPING\r\n"u8.ToArray();
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            string whole = Run(bytes, [bytes.Length]);
            int split = random.Next(bytes.Length);
            Assert.Equal(whole, Run(bytes, split == 0 ? [bytes.Length] : [split, bytes.Length]));
            Assert.Equal(whole, Run(bytes, [.. Enumerable.Range(1, bytes.Length)]));
        }
    }
}
