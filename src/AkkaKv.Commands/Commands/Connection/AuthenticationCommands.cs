using System.Text;
using AkkaKv.Commands.Access;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>AUTH and HELLO. The password of the default user is <c>requirepass</c>, unless its rules say otherwise.</summary>
internal static class AuthenticationCommands
{
    public static void Auth(CommandContext context)
    {
        switch (context.Args.Count)
        {
            case 2 when context.Engine.Access.Default.NeedsNoPassword:
                context.Reply.Error(
                    "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?"u8);
                return;
            case 2:
                if (Authenticate(context, "default"u8, context.Args[1]))
                {
                    context.Reply.Ok();
                }

                return;
            case 3:
                if (Authenticate(context, context.Args[1], context.Args[2]))
                {
                    context.Reply.Ok();
                }

                return;
            default:
                context.Reply.Error(ErrorText.Syntax);
                return;
        }
    }

    public static void Hello(CommandContext context)
    {
        ClientSession session = context.Session;
        Arguments args = context.Args;
        int version = session.Reply.RespVersion;
        if (args.Count > 1)
        {
            if (!DecimalNumber.TryParse(args[1], out long asked))
            {
                context.Reply.Error("ERR Protocol version is not an integer or out of range"u8);
                return;
            }

            if (asked is < 2 or > 3)
            {
                context.Reply.Error("NOPROTO unsupported protocol version"u8);
                return;
            }

            version = (int)asked;
        }

        // Everything is checked before anything takes effect, except that a right password is a right password.
        string? name = null;
        for (int i = 2; i < args.Count; i++)
        {
            int left = args.Count - 1 - i;
            if (context.IsWord(i, "AUTH"u8) && left >= 2)
            {
                if (!Authenticate(context, args[i + 1], args[i + 2]))
                {
                    return;
                }

                i += 2;
            }
            else if (context.IsWord(i, "SETNAME"u8) && left >= 1)
            {
                if (!ClientNames.TryRead(args[++i], out name))
                {
                    context.Reply.Error(ClientNames.Invalid);
                    return;
                }
            }
            else
            {
                context.Reply.Error($"ERR Syntax error in HELLO option '{Encoding.Latin1.GetString(args[i])}'");
                return;
            }
        }

        if (context.Engine.MustAuthenticate(session))
        {
            context.Reply.Error(
                "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time"u8);
            return;
        }

        session.Name = name ?? session.Name;
        session.Reply.RespVersion = version;
        WriteGreeting(context, session, version);
    }

    private static void WriteGreeting(CommandContext context, ClientSession session, int version)
    {
        ReplyWriter reply = context.Reply;
        reply.Map(7);
        reply.Bulk("server"u8);
        reply.Bulk("redis"u8);
        reply.Bulk("version"u8);
        reply.Bulk(RedisCompatibility.Version);
        reply.Bulk("proto"u8);
        reply.Integer(version);
        reply.Bulk("id"u8);
        reply.Integer(session.Id);
        reply.Bulk("mode"u8);
        reply.Bulk("standalone"u8);
        reply.Bulk("role"u8);
        reply.Bulk(context.Engine.Replication.IsReplica ? "replica"u8 : "master"u8);
        reply.Bulk("modules"u8);
        reply.Array(0);
    }

    private static bool Authenticate(CommandContext context, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
        if (context.TryLogIn(user, password))
        {
            return true;
        }

        context.Reply.Error(ErrorText.WrongPass);
        return false;
    }
}
