using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Transactions;

/// <summary>MULTI, EXEC, DISCARD, WATCH, UNWATCH.</summary>
internal static class TransactionCommands
{
    public static void Multi(CommandContext context)
    {
        if (context.Session.Transaction is not null)
        {
            context.Reply.Error("ERR MULTI calls can not be nested"u8);
            return;
        }

        context.Session.Transaction = new Transaction();
        context.Reply.Ok();
    }

    public static void Discard(CommandContext context)
    {
        if (context.Session.Transaction is null)
        {
            context.Reply.Error("ERR DISCARD without MULTI"u8);
            return;
        }

        End(context);
        context.Reply.Ok();
    }

    public static void Exec(CommandContext context)
    {
        ClientSession session = context.Session;
        if (session.Transaction is not { } transaction)
        {
            context.Reply.Error("ERR EXEC without MULTI"u8);
            return;
        }

        if (transaction.IsBroken)
        {
            End(context);
            context.Reply.Error(ErrorText.ExecAbort);
            return;
        }

        bool isStale = session.Watched.IsDirty || WatchedKeys.HasExpired(session, context.Store, context.NowMs);
        End(context);
        if (isStale)
        {
            context.Reply.NullArray();
            return;
        }

        context.Reply.Array(transaction.Commands.Count);
        context.Engine.RunTransaction(transaction);
    }

    public static void Watch(CommandContext context)
    {
        if (context.Session.Transaction is not null)
        {
            context.Reply.Error("ERR WATCH inside MULTI is not allowed"u8);
            return;
        }

        // What is dirty already stays dirty: another key cannot save the transaction.
        if (!context.Session.Watched.IsDirty)
        {
            for (int i = 1; i < context.Args.Count; i++)
            {
                context.Engine.WatchedKeys.Watch(context.Session, context.Database, context.Args[i], context.NowMs);
            }
        }

        context.Reply.Ok();
    }

    public static void Unwatch(CommandContext context)
    {
        context.Engine.WatchedKeys.Unwatch(context.Session);
        context.Reply.Ok();
    }

    private static void End(CommandContext context)
    {
        context.Session.Transaction = null;
        context.Engine.WatchedKeys.Unwatch(context.Session);
    }
}
