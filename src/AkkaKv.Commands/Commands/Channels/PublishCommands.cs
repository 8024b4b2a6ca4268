using AkkaKv.Commands.Text;

namespace AkkaKv.Commands.Commands.Channels;

/// <summary>PUBLISH, SPUBLISH and the PUBSUB subcommands.</summary>
internal static class PublishCommands
{
    public static void Publish(CommandContext context)
    {
        context.Reply.Integer(context.Engine.PubSub.Publish(context.Args[1], context.Args[2]));
        context.PropagateVerbatim();
    }

    public static void PublishToShard(CommandContext context)
    {
        context.Reply.Integer(context.Engine.PubSub.PublishToShard(context.Args[1], context.Args[2]));
        context.PropagateVerbatim();
    }

    public static void Channels(CommandContext context) => WriteNames(context, context.Engine.PubSub.Channels);

    public static void ShardChannels(CommandContext context) => WriteNames(context, context.Engine.PubSub.ShardChannels);

    public static void CountSubscribers(CommandContext context)
    {
        context.Reply.Array((context.Args.Count - 2) * 2L);
        for (int i = 2; i < context.Args.Count; i++)
        {
            context.Reply.Bulk(context.Args[i]);
            context.Reply.Integer(context.Engine.PubSub.CountListeners(context.Args[i]));
        }
    }

    public static void CountShardSubscribers(CommandContext context)
    {
        context.Reply.Array((context.Args.Count - 2) * 2L);
        for (int i = 2; i < context.Args.Count; i++)
        {
            context.Reply.Bulk(context.Args[i]);
            context.Reply.Integer(context.Engine.PubSub.CountShardListeners(context.Args[i]));
        }
    }

    public static void CountPatterns(CommandContext context) => context.Reply.Integer(context.Engine.PubSub.PatternCount);

    private static void WriteNames(CommandContext context, IReadOnlyCollection<byte[]> names)
    {
        if (context.Args.Count > 3)
        {
            context.WrongArgumentCount();
            return;
        }

        var matching = new List<byte[]>();
        foreach (byte[] name in names)
        {
            if (context.Args.Count == 2 || GlobPattern.IsMatchAll(context.Args[2]) || GlobPattern.IsMatch(context.Args[2], name))
            {
                matching.Add(name);
            }
        }

        context.Reply.Array(matching.Count);
        foreach (byte[] name in matching)
        {
            context.Reply.Bulk(name);
        }
    }
}
