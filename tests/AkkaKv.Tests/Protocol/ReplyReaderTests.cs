using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

public sealed class ReplyReaderTests
{
    private static string Read(byte[] input, int[] ends)
    {
        var reader = new ReplyReader();
        var seen = new StringBuilder();
        int position = 0;
        foreach (int end in ends)
        {
            ParseStatus status;
            while ((status = reader.Read(input.AsSpan(0, end), ref position, out RespValue value)) == ParseStatus.Ok)
            {
                seen.Append(value).Append(';');
            }

            if (status == ParseStatus.Error)
            {
                return seen.Append('!').ToString();
            }
        }

        return seen.Append(position < input.Length ? "…" : "").ToString();
    }

    /// <summary>The lengths of the replies in <paramref name="input"/>, found by the scanner.</summary>
    private static string Scan(byte[] input, int[] ends)
    {
        var scanner = new ReplyScanner();
        var seen = new StringBuilder();
        int position = 0;
        int replyStart = 0;
        foreach (int end in ends)
        {
            ParseStatus status;
            while ((status = scanner.Scan(input.AsSpan(0, end), ref position)) == ParseStatus.Ok)
            {
                seen.Append((char)scanner.Type).Append(position - replyStart).Append(';');
                replyStart = position;
                Assert.False(scanner.InReply);
            }

            if (status == ParseStatus.Error)
            {
                return seen.Append('!').ToString();
            }
        }

        return seen.ToString();
    }

    [Theory]
    [InlineData("+OK\r\n-ERR no\r\n", "OK;(error) ERR no;", "+5;-9;")]
    [InlineData(":-12\r\n:+5\r\n", "(integer) -12;(integer) 5;", ":6;:5;")]
    [InlineData("$3\r\na\r\n\r\n$0\r\n\r\n$-1\r\n", "\"a\r\n\";\"\";(nil);", "$9;$6;$5;")]
    [InlineData("*2\r\n$1\r\na\r\n*1\r\n:1\r\n*-1\r\n*0\r\n", "[\"a\", [(integer) 1]];(nil);[];", "*19;*5;*4;")]
    [InlineData("%1\r\n+a\r\n~2\r\n:1\r\n:2\r\n", "{a, ~[(integer) 1, (integer) 2]};", "%20;")]
    [InlineData(">2\r\n+message\r\n_\r\n", ">[message, (nil)];", ">17;")]
    [InlineData("#t\r\n#f\r\n,1.5\r\n,-inf\r\n(123\r\n", "(true);(false);(double) 1.5;(double) -Infinity;123;", "#4;#4;,6;,7;(6;")]
    [InlineData("=6\r\ntxt:hi\r\n!5\r\nERR x\r\n", "\"hi\";(error) ERR x;", "=12;!11;")]
    [InlineData("|1\r\n+ttl\r\n:9\r\n+OK\r\n", "OK;", "+19;")]
    [InlineData("*2\r\n|1\r\n+ttl\r\n:9\r\n+a\r\n+b\r\n", "[a, b];", "*26;")]
    [InlineData("*3\r\n+a\r\n$4\r\nbc", "…", "")]
    [InlineData("?\r\n", "!", "!")]
    [InlineData("$x\r\n", "!", "!")]
    [InlineData("*-2\r\n", "!", "!")]
    [InlineData("+a\n", "!", "!")]
    public void A_reply_reads_the_same_however_its_bytes_arrive(string input, string expected, string scanned)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        foreach (int[] ends in Segmentation.Of(bytes.Length))
        {
            Assert.Equal(expected, Read(bytes, ends));
            Assert.Equal(scanned, Scan(bytes, ends));
        }
    }

    [Theory]
    [InlineData("*2147483647\r\n")]
    [InlineData("$536870912\r\n")]
    [InlineData("%1073741823\r\n")]
    public void Announcing_a_huge_reply_takes_no_memory(string input)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(input);
        Read(bytes, [bytes.Length]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.DoesNotContain(";", Read(bytes, [bytes.Length]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 1000)));
        Assert.Equal("!", Read(bytes, [bytes.Length]));
        Assert.Equal("!", Scan(bytes, [bytes.Length]));
    }

    [Fact]
    public void The_scanner_passes_a_long_string_on_piece_by_piece()
    {
        var scanner = new ReplyScanner();
        int position = 0;
        Assert.Equal(ParseStatus.NeedMore, scanner.Scan("$100000\r\nabc"u8, ref position));
        Assert.Equal(12, position);
        byte[] rest = new byte[100000 - 3 + 2];
        position = 0;
        Assert.Equal(ParseStatus.Ok, scanner.Scan(rest, ref position));
        Assert.Equal(rest.Length, position);
    }

    [Fact]
    public void Random_bytes_never_break_reader_or_scanner_and_both_agree_on_every_split()
    {
        var random = new Random(31337);
        ReadOnlySpan<byte> alphabet = "*$+-:%~>|_#,(=!\r\n\r\n\r\n\r\n012345tfinabc"u8;
        byte[] sound = "*3\r\n$3\r\nfoo\r\n%1\r\n+k\r\n:12\r\n,1.25\r\n|1\r\n+a\r\n+b\r\n$-1\r\n>2\r\n#t\r\n_\r\n"u8.ToArray();
        for (int round = 0; round < 4000; round++)
        {
            byte[] bytes;
            if (round % 2 == 0)
            {
                bytes = new byte[random.Next(1, 60)];
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = alphabet[random.Next(alphabet.Length)];
                }
            }
            else
            {
                bytes = [.. sound];
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            int split = random.Next(1, bytes.Length + 1);
            int[] ends = split == bytes.Length ? [bytes.Length] : [split, bytes.Length];
            int[] each = [.. Enumerable.Range(1, bytes.Length)];
            Assert.Equal(Read(bytes, [bytes.Length]), Read(bytes, ends));
            Assert.Equal(Read(bytes, [bytes.Length]), Read(bytes, each));
            Assert.Equal(Scan(bytes, [bytes.Length]), Scan(bytes, ends));
            Assert.Equal(Scan(bytes, [bytes.Length]), Scan(bytes, each));
        }
    }
}
