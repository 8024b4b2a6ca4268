using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>CLIENT PAUSE, UNPAUSE and UNBLOCK.</summary>
internal static class ClientWaitingCommands
{
    public static void Pause(CommandContext context)
    {
        bool allCommands = true;
        if (context.Args.Count > 4)
        {
            context.WrongArgumentCount();
            return;
        }

        if (context.Args.Count == 4)
        {
            allCommands = context.IsWord(3, "ALL"u8);
            if (!allCommands && !context.IsWord(3, "WRITE"u8))
            {
                context.Reply.Error("ERR CLIENT PAUSE mode must be WRITE or ALL"u8);
                return;
            }
        }

        if (!TryReadTimeout(context, 2, out long timeoutMs))
        {
            return;
        }

        long untilMs = timeoutMs > long.MaxValue - context.NowMs ? long.MaxValue : context.NowMs + timeoutMs;
        context.Engine.Pause.Begin(untilMs, allCommands, context.NowMs);
        context.Reply.Ok();
    }

    public static void Unpause(CommandContext context)
    {
        context.Engine.Pause.End();
        context.Reply.Ok();
    }

    public static void Unblock(CommandContext context)
    {
        bool withError = false;
        if (context.Args.Count == 4)
        {
            withError = context.IsWord(3, "ERROR"u8);
            if (!withError && !context.IsWord(3, "TIMEOUT"u8))
            {
                context.Reply.Error("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR"u8);
                return;
            }
        }
        else if (context.Args.Count > 4)
        {
            context.WrongArgumentCount();
            return;
        }

        if (!context.TryReadInteger(2, out long id))
        {
            return;
        }

        ClientSession? session = context.Engine.Sessions.Find(id);
        if (session?.Blocked is not { CanBeUnblocked: true } blocked)
        {
            context.Reply.Integer(0);
            return;
        }

        if (withError)
        {
            session.Reply.Error("UNBLOCKED client unblocked via CLIENT UNBLOCK"u8);
            context.Engine.Statistics.RecordError(session.Reply.LastErrorCode);
            context.Engine.Unblock(session);
        }
        else
        {
            context.Engine.Waiting.TimeOut(session, blocked);
        }

        context.Reply.Integer(1);
    }

    /// <summary>Reads a timeout in milliseconds in the way all waiting commands do.</summary>
    public static bool TryReadTimeout(CommandContext context, int index, out long timeoutMs)
    {
        if (!DecimalNumber.TryParse(context.Args[index], out timeoutMs))
        {
            context.Reply.Error("ERR timeout is not an integer or out of range"u8);
            return false;
        }

        if (timeoutMs < 0)
        {
            context.Reply.Error("ERR timeout is negative"u8);
            return false;
        }

        return true;
    }
}
