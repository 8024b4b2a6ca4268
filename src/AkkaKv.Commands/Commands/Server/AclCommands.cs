using System.Text;
using AkkaKv.Commands.Access;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The ACL subcommands that show, make, change and remove users.</summary>
internal static class AclCommands
{
    private const long DefaultPasswordBits = 256;
    private const long MaxPasswordBits = 4096;

    /// <summary>ACL WHOAMI.</summary>
    public static void WhoAmI(CommandContext context) => context.Reply.Bulk(AclText.Bytes(context.Session.User));

    /// <summary>ACL USERS.</summary>
    public static void Users(CommandContext context)
    {
        AclUser[] users = [.. context.Engine.Access.Users];
        context.Reply.Array(users.Length);
        foreach (AclUser user in users)
        {
            context.Reply.Bulk(AclText.Bytes(user.Name));
        }
    }

    /// <summary>ACL LIST.</summary>
    public static void List(CommandContext context)
    {
        AclUser[] users = [.. context.Engine.Access.Users];
        context.Reply.Array(users.Length);
        foreach (AclUser user in users)
        {
            context.Reply.Bulk(AclText.Bytes($"user {user.Name} {UserRules.Describe(user)}"));
        }
    }

    /// <summary>ACL GETUSER name: null if there is none.</summary>
    public static void GetUser(CommandContext context)
    {
        ReplyWriter reply = context.Reply;
        if (context.Engine.Access.Find(AclText.Of(context.Args[2])) is not { } user)
        {
            reply.NullBulk();
            return;
        }

        string[] flags = [.. UserRules.Flags(user)];
        reply.Map(6);
        reply.Bulk("flags"u8);
        reply.Set(flags.Length);
        foreach (string flag in flags)
        {
            reply.Bulk(flag);
        }

        reply.Bulk("passwords"u8);
        reply.Array(user.PasswordHashes.Count);
        foreach (string hash in user.PasswordHashes)
        {
            reply.Bulk(hash);
        }

        WriteSelector(reply, user.Root);
        reply.Bulk("selectors"u8);
        reply.Array(user.Selectors.Count);
        foreach (AclSelector selector in user.Selectors)
        {
            reply.Map(3);
            WriteSelector(reply, selector);
        }
    }

    /// <summary>ACL SETUSER name [rule…]: all rules are applied, or none.</summary>
    public static void SetUser(CommandContext context)
    {
        string name = AclText.Of(context.Args[2]);
        if (AclText.HasSpaces(name))
        {
            context.Reply.Error("ERR Usernames can't contain spaces or null characters"u8);
            return;
        }

        AccessControl access = context.Engine.Access;
        AclUser user = access.Find(name)?.Clone() ?? access.Create(name);
        List<string> rules = [];
        for (int i = 3; i < context.Args.Count; i++)
        {
            rules.Add(AclText.Of(context.Args[i]));
        }

        if (UserRules.ApplyAll(user, rules, out string invalid) is { } error)
        {
            context.Reply.Error(
                error.StartsWith("Unmatched", StringComparison.Ordinal) ? $"ERR {error}" : $"ERR Error in ACL SETUSER modifier '{invalid}': {error}");
            return;
        }

        access.Put(user);
        context.Engine.CloseRefusedListeners(access.Find(name)!);
        context.Reply.Ok();
    }

    /// <summary>ACL DELUSER name…: how many there were. Their connections end.</summary>
    public static void DeleteUser(CommandContext context)
    {
        AccessControl access = context.Engine.Access;
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (context.Args[i].SequenceEqual("default"u8))
            {
                context.Reply.Error("ERR The 'default' user cannot be removed"u8);
                return;
            }
        }

        int removed = 0;
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (access.Find(AclText.Of(context.Args[i])) is { } user && access.Remove(user.Name))
            {
                context.Engine.CloseSessionsOf(user, context.Session);
                removed++;
            }
        }

        context.Reply.Integer(removed);
    }

    /// <summary>ACL CAT [category].</summary>
    public static void Categories(CommandContext context)
    {
        ReplyWriter reply = context.Reply;
        if (context.Args.Count > 3)
        {
            RefuseCount(context);
            return;
        }

        if (context.Args.Count == 2)
        {
            reply.Array(AclCategoryNames.All.Count);
            foreach ((_, string name) in AclCategoryNames.All)
            {
                reply.Bulk(name);
            }

            return;
        }

        string asked = AclText.Of(context.Args[2]);
        AclCategories category = AclCategoryNames.All.FirstOrDefault(pair => pair.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)).Category;
        if (category == AclCategories.None)
        {
            reply.Error($"ERR Unknown category '{asked}'");
            return;
        }

        CommandRow[] rows = [.. context.Engine.Table.RowsAndSubcommands.Where(row => row.IsServed && (row.AllCategories & category) != 0)];
        reply.Array(rows.Length);
        foreach (CommandRow row in rows)
        {
            reply.Bulk(row.FullName);
        }
    }

    /// <summary>ACL GENPASS [bits]: hexadecimal digits that nobody can guess.</summary>
    public static void GeneratePassword(CommandContext context)
    {
        long bits = DefaultPasswordBits;
        if (context.Args.Count > 3)
        {
            RefuseCount(context);
            return;
        }

        if (context.Args.Count == 3 && !context.TryReadInteger(2, out bits))
        {
            return;
        }

        if (bits is < 1 or > MaxPasswordBits)
        {
            context.Reply.Error(
                $"ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to {MaxPasswordBits}");
            return;
        }

        byte[] random = new byte[(bits + 7) / 8];
        context.Engine.Server.FillRandom(random);
        context.Reply.Bulk(Convert.ToHexStringLower(random)[..(int)((bits + 3) / 4)]);
    }

    /// <summary>ACL DRYRUN user command [argument…]: OK, or why not.</summary>
    public static void DryRun(CommandContext context)
    {
        string name = AclText.Of(context.Args[2]);
        if (context.Engine.Access.Find(name) is not { } user)
        {
            context.Reply.Error($"ERR User '{name}' not found");
            return;
        }

        byte[][] words = new byte[context.Args.Count - 3][];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = context.Args[i + 3].ToArray();
        }

        Arguments request = new OwnedArguments(words).View;
        if (context.Engine.Table.FindForCall(request) is not { } row)
        {
            context.Reply.Error($"ERR Command '{AclText.Of(request[0])}' not found");
            return;
        }

        if (!row.AcceptsCount(request.Count))
        {
            context.Reply.Error($"ERR wrong number of arguments for '{row.FullName}' command");
            return;
        }

        AclDenial denial = context.Engine.Access.Check(user, row, request);
        switch (denial.Reason)
        {
            case AclReason.None:
                context.Reply.Ok();
                break;
            case AclReason.Command:
                context.Reply.Bulk($"This user has no permissions to run the '{row.FullName}' command");
                break;
            default:
                string what = denial.Reason == AclReason.Key ? "key" : "channel";
                context.Reply.Bulk(AclText.Bytes($"This user has no permissions to access the '{AclText.Of(request[denial.Argument])}' {what}"));
                break;
        }
    }

    /// <summary>The answer to a subcommand with too many arguments.</summary>
    internal static void RefuseCount(CommandContext context) =>
        context.Reply.Error($"ERR unknown subcommand or wrong number of arguments for '{Encoding.Latin1.GetString(context.Args[1])}'. Try ACL HELP.");

    private static void WriteSelector(ReplyWriter reply, AclSelector selector)
    {
        reply.Bulk("commands"u8);
        reply.Bulk(AclText.Bytes(SelectorDescription.Commands(selector)));
        reply.Bulk("keys"u8);
        reply.Bulk(AclText.Bytes(SelectorDescription.Keys(selector)));
        reply.Bulk("channels"u8);
        reply.Bulk(AclText.Bytes(SelectorDescription.Channels(selector)));
    }
}
