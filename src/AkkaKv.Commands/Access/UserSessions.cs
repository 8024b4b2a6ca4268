using AkkaKv.Commands.Channels;
using AkkaKv.Commands.Commands.Connection;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Access;

/// <summary>Connections and the users they act for: logging in and out, refusing, and what happens to connections when users change.</summary>
internal static class UserSessions
{
    /// <summary>The connection acts for the default user again, which need not log in if it has no password.</summary>
    public static void LogOut(this CommandEngine engine, ClientSession session)
    {
        session.Account = engine.Access.Default;
        session.IsAuthenticated = engine.Access.Default.IsOpen;
    }

    /// <summary>The connection acts for the user whose password this is. False if there is none, which is noted.</summary>
    public static bool TryLogIn(this CommandContext context, ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
        string name = AclText.Of(user);
        ClientSession session = context.Session;
        if (context.Engine.Access.Authenticate(name, password) is { } account)
        {
            session.Account = account;
            session.IsAuthenticated = true;
            return true;
        }

        AclOrigin origin = session.Transaction is null && !context.IsInTransaction ? AclOrigin.TopLevel : AclOrigin.Transaction;
        context.Engine.Note(session, new AclLogEntry(AclReason.Login, origin, AclText.Of(context.Args[0]), name), context.NowMs);
        return false;
    }

    /// <summary>Why a connection's user may not run a request, which is noted; or that it may.</summary>
    public static AclDenial FirstDenial(this CommandEngine engine, ClientSession session, CommandRow row, in Arguments request, AclOrigin origin)
    {
        if (session.Account is not { } user)
        {
            return default;
        }

        AclDenial denial = engine.Access.Check(user, row, request);
        if (!denial.IsAllowed)
        {
            string subject = denial.Reason == AclReason.Command ? row.FullName : AclText.Of(request[denial.Argument]);
            session.LastCommand = origin == AclOrigin.Script ? session.LastCommand : row;
            engine.Note(session, new AclLogEntry(denial.Reason, origin, subject, user.Name), session.LastInteractionMs);
        }

        return denial;
    }

    /// <summary>Whether the user of the running command may read whatever key its patterns name, which the check before it cannot know (SORT's BY and GET).</summary>
    public static bool MayReadAllKeys(this CommandContext context) =>
        context.Session.Account is null or { MayEverything: true } || context.IsFromMaster
        || context.Engine.Access.MayReadAllKeys(context.Session.Account, context.Row, context.Args);

    /// <summary>A user was removed: its connections end, the one that did it after its reply.</summary>
    public static void CloseSessionsOf(this CommandEngine engine, AclUser user, ClientSession current)
    {
        foreach (ClientSession session in engine.Sessions.All)
        {
            if (session.Account != user)
            {
                continue;
            }

            engine.LogOut(session);
            session.IsAuthenticated = false;
            if (session == current)
            {
                session.IsClosing = true;
            }
            else
            {
                engine.Close(session, "its user was removed");
            }
        }
    }

    /// <summary>A user's rules have changed: its connections that listen to what it may not hear any more end.</summary>
    public static void CloseRefusedListeners(this CommandEngine engine, AclUser user)
    {
        if (user.MayEverything)
        {
            return;
        }

        foreach (ClientSession session in engine.Sessions.All)
        {
            if (session.Account == user && session.Subscriptions is { Count: > 0 } subscriptions && !MayHear(user, subscriptions))
            {
                engine.Close(session, "its user may not listen to one of its channels any more");
            }
        }
    }

    /// <summary>Replaces all users by those of a file. Null, or what is wrong with the file: then nothing has changed.</summary>
    public static string? ReplaceUsers(this CommandEngine engine, string path, string text, ClientSession current)
    {
        AccessControl access = engine.Access;
        List<AclUser> users = AclFile.Parse(access, path, text, out string errors);
        if (errors.Length > 0)
        {
            return errors;
        }

        if (users.All(user => user.Name != AccessControl.DefaultName))
        {
            users.Add(access.NewDefault());
        }

        AclUser[] gone = [.. access.Users.Where(user => users.All(kept => kept.Name != user.Name))];
        foreach (AclUser user in gone)
        {
            access.Remove(user.Name);
            engine.CloseSessionsOf(user, current);
        }

        foreach (AclUser user in users)
        {
            access.Put(user);
            engine.CloseRefusedListeners(access.Find(user.Name)!);
        }

        return null;
    }

    private static bool MayHear(AclUser user, Subscriptions subscriptions) =>
        subscriptions.Channels.All(channel => AccessControl.MayUseChannel(user, channel, isPattern: false))
        && subscriptions.ShardChannels.All(channel => AccessControl.MayUseChannel(user, channel, isPattern: false))
        && subscriptions.Patterns.All(pattern => AccessControl.MayUseChannel(user, pattern, isPattern: true));

    private static void Note(this CommandEngine engine, ClientSession session, AclLogEntry entry, long nowMs)
    {
        System.Text.StringBuilder client = new();
        ClientDescription.Append(client, session, nowMs);
        engine.Access.Log.Add(entry, client.ToString(), nowMs, engine.Settings.AclLogMaxLength);
    }
}
