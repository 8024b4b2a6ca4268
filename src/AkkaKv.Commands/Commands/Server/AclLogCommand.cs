using System.Globalization;
using AkkaKv.Commands.Access;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>ACL LOG [count | RESET]: the latest refusals, the last one first.</summary>
internal static class AclLogCommand
{
    private const long DefaultCount = 10;

    /// <summary>Runs the command.</summary>
    public static void Run(CommandContext context)
    {
        AclLog log = context.Engine.Access.Log;
        long count = DefaultCount;
        if (context.Args.Count > 3)
        {
            AclCommands.RefuseCount(context);
            return;
        }

        if (context.Args.Count == 3)
        {
            if (context.IsWord(2, "RESET"u8))
            {
                log.Clear();
                context.Reply.Ok();
                return;
            }

            if (!context.TryReadInteger(2, out count))
            {
                return;
            }
        }

        int shown = (int)Math.Clamp(count, 0, log.Entries.Count);
        context.Reply.Array(shown);
        for (int i = 0; i < shown; i++)
        {
            Write(context.Reply, log.Entries[i], context.NowMs);
        }
    }

    private static void Write(ReplyWriter reply, AclLogEntry entry, long nowMs)
    {
        reply.Map(7);
        reply.Bulk("count"u8);
        reply.Integer(entry.Count);
        reply.Bulk("reason"u8);
        reply.Bulk(entry.Reason switch
        {
            AclReason.Key => "key"u8,
            AclReason.Channel => "channel"u8,
            AclReason.Login => "auth"u8,
            _ => "command"u8,
        });
        reply.Bulk("context"u8);
        reply.Bulk(entry.Origin switch
        {
            AclOrigin.Transaction => "multi"u8,
            AclOrigin.Script => "lua"u8,
            _ => "toplevel"u8,
        });
        reply.Bulk("object"u8);
        reply.Bulk(AclText.Bytes(entry.Object));
        reply.Bulk("username"u8);
        reply.Bulk(AclText.Bytes(entry.User));
        reply.Bulk("age-seconds"u8);
        WriteAge(reply, Math.Max(0, nowMs - entry.AtMs) / 1000.0);
        reply.Bulk("client-info"u8);
        reply.Bulk(entry.Client);
    }

    private static void WriteAge(ReplyWriter reply, double seconds)
    {
        if (reply.RespVersion == 3)
        {
            reply.Double(seconds);
        }
        else
        {
            reply.Bulk(seconds.ToString("0.###", CultureInfo.InvariantCulture));
        }
    }
}
