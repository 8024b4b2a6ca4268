using AkkaKv.Commands.Access;
using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>PING, ECHO, SELECT, QUIT, RESET.</summary>
internal static class ConnectionCommands
{
    public static void Ping(CommandContext context)
    {
        if (context.Args.Count > 2)
        {
            context.WrongArgumentCount();
            return;
        }

        // A RESP2 client that listens to channels can only tell a reply from a message if it looks like one.
        if (context.Session.IsSubscribed && context.Reply.RespVersion == 2)
        {
            context.Reply.Array(2);
            context.Reply.Bulk("pong"u8);
            context.Reply.Bulk(context.Args.Count == 2 ? context.Args[1] : default);
        }
        else if (context.Args.Count == 2)
        {
            context.Reply.Bulk(context.Args[1]);
        }
        else
        {
            context.Reply.SimpleString("PONG"u8);
        }
    }

    public static void Echo(CommandContext context) => context.Reply.Bulk(context.Args[1]);

    public static void Select(CommandContext context)
    {
        if (!context.TryReadDatabase(1, out Database database))
        {
            return;
        }

        context.Session.DatabaseIndex = database.Index;
        context.Database = database;
        context.Reply.Ok();
    }

    public static void Quit(CommandContext context)
    {
        context.Reply.Ok();
        context.Session.IsClosing = true;
    }

    public static void Reset(CommandContext context)
    {
        ClientSession session = context.Session;
        ReplyWriter reply = session.Reply;
        session.Transaction = null;
        context.Engine.WatchedKeys.Unwatch(session);
        context.Engine.PubSub.RemoveSession(session);
        context.Engine.Tracking.Disable(session);
        if (session.IsMonitor)
        {
            context.Engine.Monitors.Remove(session);
        }

        session.DatabaseIndex = 0;
        session.Name = "";
        session.IsNoEvict = false;
        session.IsNoTouch = false;
        session.ReplyMode = ReplyMode.On;
        context.Engine.LogOut(session);
        reply.Muted = false;
        reply.RespVersion = 2;
        reply.SimpleString("RESET"u8);
    }
}
