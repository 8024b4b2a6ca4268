using AkkaKv.Commands.Statistics;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The SLOWLOG subcommands.</summary>
internal static class SlowLogCommands
{
    private const int DefaultCount = 10;

    public static void Get(CommandContext context)
    {
        if (context.Args.Count > 3)
        {
            context.WrongArgumentCount();
            return;
        }

        long count = DefaultCount;
        if (context.Args.Count == 3 && (!DecimalNumber.TryParse(context.Args[2], out count) || count < -1))
        {
            context.Reply.Error("ERR count should be greater than or equal to -1"u8);
            return;
        }

        SlowLog log = context.Engine.SlowLog;
        int shown = (int)(count < 0 ? log.Count : Math.Min(count, log.Count));
        ReplyWriter reply = context.Reply;
        reply.Array(shown);
        foreach (SlowLogEntry entry in log.Entries.Take(shown))
        {
            reply.Array(6);
            reply.Integer(entry.Id);
            reply.Integer(entry.TimeSeconds);
            reply.Integer(entry.Microseconds);
            reply.Array(entry.Arguments.Count);
            foreach (byte[] argument in entry.Arguments)
            {
                reply.Bulk(argument);
            }

            reply.Bulk(entry.Address);
            reply.Bulk(entry.ClientName);
        }
    }

    public static void Length(CommandContext context) => context.Reply.Integer(context.Engine.SlowLog.Count);

    public static void Reset(CommandContext context)
    {
        context.Engine.SlowLog.Clear();
        context.Reply.Ok();
    }
}
