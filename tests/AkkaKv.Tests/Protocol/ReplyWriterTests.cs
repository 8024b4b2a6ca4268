using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

public sealed class ReplyWriterTests
{
    private static string Write(int version, Action<ReplyWriter> write)
    {
        var writer = new ReplyWriter(new OutputBuffer()) { RespVersion = version };
        write(writer);
        return Encoding.Latin1.GetString(writer.Output.ToArray());
    }

    public static TheoryData<string, string, Action<ReplyWriter>> Replies => new()
    {
        { "+OK\r\n", "+OK\r\n", w => w.Ok() },
        { "+PONG\r\n", "+PONG\r\n", w => w.SimpleString("PONG"u8) },
        { "-ERR a  b\r\n", "-ERR a  b\r\n", w => w.Error("ERR a\r\nb") },
        { ":0\r\n:1\r\n:-1\r\n:10\r\n", ":0\r\n:1\r\n:-1\r\n:10\r\n", w => { w.Integer(0); w.Integer(1); w.Integer(-1); w.Integer(10); } },
        { ":-9223372036854775808\r\n", ":-9223372036854775808\r\n", w => w.Integer(long.MinValue) },
        { "$3\r\nabc\r\n", "$3\r\nabc\r\n", w => w.Bulk("abc"u8) },
        { "$0\r\n\r\n", "$0\r\n\r\n", w => w.Bulk(""u8) },
        { "$3\r\n-42\r\n", "$3\r\n-42\r\n", w => w.BulkInteger(-42) },
        { "$-1\r\n", "_\r\n", w => w.NullBulk() },
        { "*-1\r\n", "_\r\n", w => w.NullArray() },
        { "*2\r\n", "*2\r\n", w => w.Array(2) },
        { "*4\r\n", "%2\r\n", w => w.Map(2) },
        { "*2\r\n", "~2\r\n", w => w.Set(2) },
        { "*3\r\n", ">3\r\n", w => w.Push(3) },
        { "$3\r\n1.5\r\n", ",1.5\r\n", w => w.Double(1.5) },
        { "$19\r\n0.10000000000000001\r\n", ",0.10000000000000001\r\n", w => w.Double(0.1) },
        { "$5\r\n1e+20\r\n", ",1e+20\r\n", w => w.Double(1e20) },
        { "$17\r\n10000000000000000\r\n", ",10000000000000000\r\n", w => w.Double(1e16) },
        { "$4\r\n-inf\r\n", ",-inf\r\n", w => w.Double(double.NegativeInfinity) },
        { ":1\r\n", "#t\r\n", w => w.Boolean(true) },
        { ":0\r\n", "#f\r\n", w => w.Boolean(false) },
        { "$2\r\n12\r\n", "(12\r\n", w => w.BigNumber("12"u8) },
        { "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n", w => w.Verbatim("hi"u8, "txt"u8) },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void Each_reply_has_its_RESP2_and_its_RESP3_form(string resp2, string resp3, Action<ReplyWriter> write)
    {
        Assert.Equal(resp2, Write(2, write));
        Assert.Equal(resp3, Write(3, write));
    }

    [Fact]
    public void An_array_may_learn_its_length_after_its_items_even_nested()
    {
        string written = Write(2, w =>
        {
            w.Integer(7);
            OpenAggregate outer = w.BeginArray();
            w.Bulk("a"u8);
            OpenAggregate inner = w.BeginArray();
            w.Integer(5);
            w.EndArray(inner, 1);
            w.EndArray(outer, 2);
            w.Ok();
        });
        Assert.Equal(":7\r\n*2\r\n$1\r\na\r\n*1\r\n:5\r\n+OK\r\n", written);
    }

    [Fact]
    public void A_bulk_longer_than_a_segment_is_written_whole()
    {
        string value = new('x', 100_000);
        Assert.Equal("$100000\r\n" + value + "\r\n", Write(2, w => w.Bulk(Encoding.Latin1.GetBytes(value))));
    }

    [Fact]
    public void A_muted_writer_writes_nothing_but_counts_errors()
    {
        var writer = new ReplyWriter(new OutputBuffer()) { Muted = true };
        writer.Ok();
        writer.Bulk("a"u8);
        writer.Map(3);
        writer.Double(1);
        writer.EndArray(writer.BeginArray(), 3);
        writer.Error("ERR x");
        Assert.Equal(0, writer.Output.Length);
        Assert.Equal(1, writer.ErrorCount);
    }

    [Fact]
    public void Requests_are_encoded_as_arrays_of_bulk_strings()
    {
        var output = new OutputBuffer();
        RequestWriter.Write(output, "SET", "ä", "");
        RequestWriter.WriteHeader(output, 2);
        RequestWriter.WriteArgument(output, "SELECT"u8);
        RequestWriter.WriteArgument(output, 12);
        Assert.Equal("*3\r\n$3\r\nSET\r\n$2\r\nä\r\n$0\r\n\r\n*2\r\n$6\r\nSELECT\r\n$2\r\n12\r\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void An_inline_request_is_encoded_anew_and_an_array_repeated_verbatim()
    {
        byte[] bytes = "set a 'b c'\r\n*1\r\n$04\r\n"u8.ToArray();
        var batch = new RequestBatch();
        new RequestParser().Parse(bytes, 0, bytes.Length, batch, out _);
        var output = new OutputBuffer();
        RequestWriter.Write(output, batch[0]);
        Assert.Equal("*3\r\n$3\r\nset\r\n$1\r\na\r\n$3\r\nb c\r\n", Encoding.UTF8.GetString(output.ToArray()));
        output.Clear();
        byte[] array = "*2\r\n$3\r\nGET\r\n$1\r\na\r\n"u8.ToArray();
        batch.Clear();
        new RequestParser().Parse(array, 0, array.Length, batch, out _);
        RequestWriter.Write(output, batch[0]);
        Assert.Equal(array, output.ToArray());
    }
}
