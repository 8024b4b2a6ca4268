using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>SHUTDOWN, SAVE, BGSAVE, LASTSAVE, MONITOR, LOLWUT: what concerns the process as a whole.</summary>
internal static class ProcessCommands
{
    public static void Shutdown(CommandContext context)
    {
        bool? save = null;
        bool now = false;
        bool force = false;
        bool abort = false;
        for (int i = 1; i < context.Args.Count; i++)
        {
            if (context.IsWord(i, "NOSAVE"u8) && save != true)
            {
                save = false;
            }
            else if (context.IsWord(i, "SAVE"u8) && save != false)
            {
                save = true;
            }
            else if (context.IsWord(i, "NOW"u8))
            {
                now = true;
            }
            else if (context.IsWord(i, "FORCE"u8))
            {
                force = true;
            }
            else if (context.IsWord(i, "ABORT"u8))
            {
                abort = true;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }
        }

        if (abort && (save is not null || now || force))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        string? error = context.Engine.Server.Shutdown(new ShutdownOptions(save, now, force, abort));
        if (error is not null)
        {
            context.Reply.Error(error);
        }
        else if (abort)
        {
            context.Reply.Ok();
        }
    }

    public static void Save(CommandContext context)
    {
        if (context.Engine.Server.Save(SaveKind.Foreground).Error is { } error)
        {
            context.Reply.Error(error);
            return;
        }

        context.Reply.Ok();
    }

    public static void SaveInBackground(CommandContext context)
    {
        if (context.Args.Count > 2 || (context.Args.Count == 2 && !context.IsWord(1, "SCHEDULE"u8)))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        // A transaction is not in the stream before its end, so a snapshot inside of one would belong to no offset.
        SaveResult result = context.Engine.Server.Save(context.IsInTransaction ? SaveKind.Later : SaveKind.Background);
        if (result.Error is { } error)
        {
            context.Reply.Error(error);
            return;
        }

        context.Reply.SimpleString(result.IsScheduled ? "Background saving scheduled"u8 : "Background saving started"u8);
    }

    public static void LastSave(CommandContext context) => context.Reply.Integer(context.Engine.Server.GetPersistence().LastSaveSeconds);

    public static void Monitor(CommandContext context)
    {
        if (context.IsInTransaction)
        {
            context.Reply.Error("ERR MONITOR isn't allowed for DENY BLOCKING client"u8);
            return;
        }

        if (!context.Session.IsMonitor)
        {
            context.Engine.Monitors.Add(context.Session);
        }

        context.Reply.Ok();
    }

    public static void Lolwut(CommandContext context)
    {
        string text = $"AkkaKv {context.Engine.Server.Facts.ProductVersion}, speaking Redis {RedisCompatibility.Version}\n";
        context.Reply.Verbatim(Encoding.ASCII.GetBytes(text), "txt"u8);
    }
}
