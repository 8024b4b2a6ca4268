using AkkaKv.Commands.Access;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>ACL LOAD and ACL SAVE: the file of users.</summary>
internal static class AclFileCommands
{
    /// <summary>ACL LOAD: the users become those of the file, or stay when it has a mistake.</summary>
    public static void Load(CommandContext context)
    {
        string path = context.Settings.AclFile;
        if (!HasFile(context, path))
        {
            return;
        }

        if (!context.Engine.Server.TryReadAclFile(path, out string text))
        {
            context.Reply.Error($"ERR Error loading ACLs, opening file '{path}': {text}");
        }
        else if (context.Engine.ReplaceUsers(path, text, context.Session) is { } errors)
        {
            context.Reply.Error($"ERR {errors}");
        }
        else
        {
            context.Reply.Ok();
        }
    }

    /// <summary>ACL SAVE.</summary>
    public static void Save(CommandContext context)
    {
        string path = context.Settings.AclFile;
        if (!HasFile(context, path))
        {
            return;
        }

        if (context.Engine.Server.TryWriteAclFile(path, AclFile.Format(context.Engine.Access)))
        {
            context.Reply.Ok();
        }
        else
        {
            context.Reply.Error("ERR There was an error trying to save the ACLs. Please check the server logs for more information"u8);
        }
    }

    private static bool HasFile(CommandContext context, string path)
    {
        if (path.Length > 0)
        {
            return true;
        }

        context.Reply.Error(
            "ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration."u8);
        return false;
    }
}
