using AkkaKv.Commands.Table;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class ServedCommandTests
{
    /// <summary>The rows that run: plain commands and subcommands.</summary>
    private static readonly string[] ServedRows =
        [.. CommandTable.Default.RowsAndSubcommands.Where(row => row.Handler is not null).Select(row => row.FullName)];

    public static TheoryData<string, int> Samples()
    {
        var data = new TheoryData<string, int>();
        foreach (CommandSample sample in ServedCommandSamples.All)
        {
            data.Add(sample.Row, 2);
            data.Add(sample.Row, 3);
        }

        return data;
    }

    [Fact]
    public void Every_served_row_has_a_sample_and_every_sample_a_row()
    {
        string[] sampled = [.. ServedCommandSamples.All.Select(sample => sample.Row)];
        Assert.Empty(ServedRows.Except(sampled));
        Assert.Empty(sampled.Except(ServedRows));
        Assert.Equal(sampled.Length, sampled.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_served_row_executes_and_answers_in_its_shape(string name, int version)
    {
        CommandSample sample = ServedCommandSamples.All.Single(sample => sample.Row == name);
        CommandRow row = CommandTable.Default.FindServed(System.Text.Encoding.ASCII.GetBytes(name))!;
        using var node = new TestNode();
        node.Do("HELLO", version.ToString());
        foreach (string line in (string[])["SET s abc", "SET n 5", "SET t x EX 100", .. sample.Before])
        {
            node.Line(line);
        }

        long calls = node.Engine.Statistics.Of(row).Calls;
        RespValue[] replies = node.Client.DoMany(sample.Request.Split(' '));

        Assert.Same(row, node.Client.Session.LastCommand);
        Assert.Equal(calls + 1, node.Engine.Statistics.Of(row).Calls);
        if (sample.Shape == ReplyShape.None)
        {
            Assert.Empty(replies);
            return;
        }

        RespValue reply = Assert.Single(replies);
        bool isResp3 = node.Client.Session.Reply.RespVersion == 3;
        Assert.Equal(KindOf(sample.Shape, isResp3), reply.Kind);
        Assert.Equal(sample.Shape == ReplyShape.Ok, reply.ToString() == "OK");
        Assert.True(sample.Shape != ReplyShape.Map || reply.Items.Count % 2 == 0, reply.ToString());
    }

    private static RespKind KindOf(ReplyShape shape, bool isResp3) => shape switch
    {
        ReplyShape.Ok or ReplyShape.Simple => RespKind.SimpleString,
        ReplyShape.Integer => RespKind.Integer,
        ReplyShape.Bulk => RespKind.Bulk,
        ReplyShape.Text => isResp3 ? RespKind.Verbatim : RespKind.Bulk,
        ReplyShape.Double => isResp3 ? RespKind.Double : RespKind.Bulk,
        ReplyShape.Null => RespKind.Null,
        ReplyShape.Array => RespKind.Array,
        ReplyShape.Map => isResp3 ? RespKind.Map : RespKind.Array,
        ReplyShape.Set => isResp3 ? RespKind.Set : RespKind.Array,
        ReplyShape.Push => isResp3 ? RespKind.Push : RespKind.Array,
        ReplyShape.Error => RespKind.Error,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "has no kind"),
    };
}
