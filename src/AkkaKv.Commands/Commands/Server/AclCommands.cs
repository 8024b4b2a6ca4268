using System.Security.Cryptography;
using System.Text;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The ACL subcommands that show the one user there is, <c>default</c>, who may do everything.</summary>
internal static class AclCommands
{
    public static void WhoAmI(CommandContext context) => context.Reply.Bulk(context.Session.User);

    public static void Users(CommandContext context)
    {
        context.Reply.Array(1);
        context.Reply.Bulk("default"u8);
    }

    public static void List(CommandContext context)
    {
        context.Reply.Array(1);
        string password = context.Settings.RequirePass.Length == 0 ? "nopass" : "#" + PasswordHash(context);
        context.Reply.Bulk($"user default on {password} ~* &* +@all");
    }

    public static void GetUser(CommandContext context)
    {
        ReplyWriter reply = context.Reply;
        if (!context.Args[2].SequenceEqual("default"u8))
        {
            reply.NullBulk();
            return;
        }

        bool hasPassword = context.Settings.RequirePass.Length > 0;
        reply.Map(6);
        reply.Bulk("flags"u8);
        reply.Set(hasPassword ? 1 : 2);
        reply.Bulk("on"u8);
        if (!hasPassword)
        {
            reply.Bulk("nopass"u8);
        }

        reply.Bulk("passwords"u8);
        reply.Array(hasPassword ? 1 : 0);
        if (hasPassword)
        {
            reply.Bulk(PasswordHash(context));
        }

        reply.Bulk("commands"u8);
        reply.Bulk("+@all"u8);
        reply.Bulk("keys"u8);
        reply.Bulk("~*"u8);
        reply.Bulk("channels"u8);
        reply.Bulk("&*"u8);
        reply.Bulk("selectors"u8);
        reply.Array(0);
    }

    public static void Categories(CommandContext context)
    {
        ReplyWriter reply = context.Reply;
        if (context.Args.Count > 3)
        {
            context.WrongArgumentCount();
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

        string asked = Encoding.Latin1.GetString(context.Args[2]);
        AclCategories category = AclCategoryNames.All.FirstOrDefault(pair => pair.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)).Category;
        if (category == AclCategories.None)
        {
            reply.Error($"ERR Unknown category '{asked}'");
            return;
        }

        CommandRow[] rows =
        [
            .. context.Engine.Table.RowsAndSubcommands.Where(row => row.Handler is not null && (row.AllCategories & category) != 0),
        ];
        reply.Array(rows.Length);
        foreach (CommandRow row in rows)
        {
            reply.Bulk(row.FullName);
        }
    }

    /// <summary>There are no modules.</summary>
    public static void ListModules(CommandContext context) => context.Reply.Array(0);

    /// <summary>This server is not part of a Redis Cluster, and says so in the words that clients look for.</summary>
    public static void ClusterDisabled(CommandContext context) => context.Reply.Error("ERR This instance has cluster support disabled"u8);

    private static string PasswordHash(CommandContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context.Settings.RequirePass)));
}
