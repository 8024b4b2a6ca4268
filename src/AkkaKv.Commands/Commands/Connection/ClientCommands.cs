using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>The CLIENT subcommands that describe and adjust connections; CLIENT KILL and the waiting ones stand apart.</summary>
internal static class ClientCommands
{
    public static void Id(CommandContext context) => context.Reply.Integer(context.Session.Id);

    public static void Info(CommandContext context)
    {
        var text = new StringBuilder();
        ClientDescription.Append(text, context.Session, context.NowMs);
        context.Reply.Verbatim(Encoding.UTF8.GetBytes(text.Append('\n').ToString()), "txt"u8);
    }

    public static void List(CommandContext context)
    {
        Arguments args = context.Args;
        IEnumerable<ClientSession> sessions = context.Engine.Sessions.All;
        if (args.Count == 4 && context.IsWord(2, "TYPE"u8))
        {
            if (!ClientTypes.TryParse(args[3], out ClientType type))
            {
                context.Reply.Error($"ERR Unknown client type '{Encoding.Latin1.GetString(args[3])}'");
                return;
            }

            sessions = sessions.Where(session => ClientTypes.Of(session) == type);
        }
        else if (args.Count > 3 && context.IsWord(2, "ID"u8))
        {
            var chosen = new List<ClientSession>();
            for (int i = 3; i < args.Count; i++)
            {
                if (!DecimalNumber.TryParse(args[i], out long id))
                {
                    context.Reply.Error("ERR Invalid client ID"u8);
                    return;
                }

                if (context.Engine.Sessions.Find(id) is { } session)
                {
                    chosen.Add(session);
                }
            }

            sessions = chosen;
        }
        else if (args.Count != 2)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        var text = new StringBuilder();
        foreach (ClientSession session in sessions)
        {
            ClientDescription.Append(text, session, context.NowMs);
            text.Append('\n');
        }

        context.Reply.Verbatim(Encoding.UTF8.GetBytes(text.ToString()), "txt"u8);
    }

    public static void GetName(CommandContext context)
    {
        if (context.Session.Name.Length == 0)
        {
            context.Reply.NullBulk();
        }
        else
        {
            context.Reply.Bulk(context.Session.Name);
        }
    }

    public static void SetName(CommandContext context)
    {
        if (!ClientNames.TryRead(context.Args[2], out string name))
        {
            context.Reply.Error(ClientNames.Invalid);
            return;
        }

        context.Session.Name = name;
        context.Reply.Ok();
    }

    public static void SetInfo(CommandContext context)
    {
        string option = Encoding.Latin1.GetString(context.Args[2]);
        bool isName = context.IsWord(2, "LIB-NAME"u8);
        if (!isName && !context.IsWord(2, "LIB-VER"u8))
        {
            context.Reply.Error($"ERR Unrecognized option '{option}'");
            return;
        }

        if (!ClientNames.TryRead(context.Args[3], out string value))
        {
            context.Reply.Error($"ERR {option.ToLowerInvariant()} cannot contain spaces, newlines or special characters.");
            return;
        }

        if (isName)
        {
            context.Session.LibraryName = value;
        }
        else
        {
            context.Session.LibraryVersion = value;
        }

        context.Reply.Ok();
    }

    public static void NoEvict(CommandContext context)
    {
        if (TryReadSwitch(context, 2, out bool on))
        {
            context.Session.IsNoEvict = on;
            context.Reply.Ok();
        }
    }

    public static void NoTouch(CommandContext context)
    {
        if (TryReadSwitch(context, 2, out bool on))
        {
            context.Session.IsNoTouch = on;
            context.Reply.Ok();
        }
    }

    public static void Reply(CommandContext context)
    {
        ClientSession session = context.Session;
        if (context.IsWord(2, "ON"u8))
        {
            session.ReplyMode = ReplyMode.On;
            session.Reply.Muted = false;
            session.Reply.Ok();
        }
        else if (context.IsWord(2, "OFF"u8))
        {
            // At once, because it also holds for what is left of a transaction.
            session.ReplyMode = ReplyMode.Off;
            session.Reply.Muted = true;
        }
        else if (context.IsWord(2, "SKIP"u8))
        {
            if (session.ReplyMode != ReplyMode.Off)
            {
                session.ReplyMode = ReplyMode.SkipNext;
            }
        }
        else
        {
            context.Reply.Error(ErrorText.Syntax);
        }
    }

    private static bool TryReadSwitch(CommandContext context, int index, out bool on)
    {
        on = context.IsWord(index, "ON"u8);
        if (on || context.IsWord(index, "OFF"u8))
        {
            return true;
        }

        context.Reply.Error(ErrorText.Syntax);
        return false;
    }
}
