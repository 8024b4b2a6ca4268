namespace AkkaKv.Commands.Commands.Server;

/// <summary>MODULE LIST, and what the commands of Redis Cluster answer.</summary>
internal static class ModuleCommands
{
    /// <summary>There are no modules.</summary>
    public static void List(CommandContext context) => context.Reply.Array(0);

    /// <summary>This server is not part of a Redis Cluster, and says so in the words that clients look for.</summary>
    public static void ClusterDisabled(CommandContext context) => context.Reply.Error("ERR This instance has cluster support disabled"u8);
}
