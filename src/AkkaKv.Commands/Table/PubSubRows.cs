using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Channels;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on publish/subscribe.</summary>
internal static class PubSubRows
{
    public static readonly CommandRow[] Rows =
    [
        new("psubscribe", -2, "2.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.SubscribePattern)
        {
            Summary = "Listens to all channels that match patterns.",
            Complexity = "O(N)",
        },
        new("publish", 3, "2.0.0", PubSub | Loading | Stale | Fast | MayReplicate, PublishCommands.Publish)
        {
            Summary = "Sends a message to a channel.",
            Complexity = "O(N+M)",
        },
        new("pubsub", -2, "2.8.0", None)
        {
            Summary = "Inspects channels and subscriptions.",
            Subcommands =
            [
                new("channels", -2, "2.8.0", PubSub | Loading | Stale, PublishCommands.Channels)
                {
                    Summary = "Names the channels that have listeners.",
                    Complexity = "O(N)",
                },
                new("help", 2, "6.2.0", Loading | Stale, HelpCommand.Run)
                {
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("numpat", 2, "2.8.0", PubSub | Loading | Stale, PublishCommands.CountPatterns)
                {
                    Summary = "Counts the different patterns that are listened to.",
                    Complexity = "O(1)",
                },
                new("numsub", -2, "2.8.0", PubSub | Loading | Stale, PublishCommands.CountSubscribers)
                {
                    Summary = "Counts the listeners of channels.",
                    Complexity = "O(N)",
                },
                new("shardchannels", -2, "7.0.0", PubSub | Loading | Stale, PublishCommands.ShardChannels)
                {
                    Summary = "Names the shard channels that have listeners.",
                    Complexity = "O(N)",
                },
                new("shardnumsub", -2, "7.0.0", PubSub | Loading | Stale, PublishCommands.CountShardSubscribers)
                {
                    Summary = "Counts the listeners of shard channels.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("punsubscribe", -1, "2.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.UnsubscribePattern)
        {
            Summary = "Stops listening to patterns.",
            Complexity = "O(N+M)",
        },
        new("spublish", 3, "7.0.0", PubSub | Loading | Stale | Fast | MayReplicate, PublishCommands.PublishToShard)
        {
            Keys = [KeySpec.Range("not_key", 1)],
            Summary = "Sends a message to a shard channel.",
            Complexity = "O(N)",
        },
        new("ssubscribe", -2, "7.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.SubscribeShard)
        {
            Keys = [KeySpec.Range("not_key", 1, last: -1)],
            Summary = "Listens to shard channels.",
            Complexity = "O(N)",
        },
        new("subscribe", -2, "2.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.Subscribe)
        {
            Summary = "Listens to channels.",
            Complexity = "O(N)",
        },
        new("sunsubscribe", -1, "7.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.UnsubscribeShard)
        {
            Keys = [KeySpec.Range("not_key", 1, last: -1)],
            Summary = "Stops listening to shard channels.",
            Complexity = "O(N)",
        },
        new("unsubscribe", -1, "2.0.0", PubSub | NoScript | Loading | Stale | SubscribedContext, SubscriptionCommands.Unsubscribe)
        {
            Summary = "Stops listening to channels.",
            Complexity = "O(N)",
        },
    ];
}
