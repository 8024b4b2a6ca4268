using System.Text;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Channels;

/// <summary>Who listens to what, and the delivery of messages into the listeners' outputs.</summary>
public sealed class PubSubHub
{
    private readonly Dictionary<byte[], HashSet<ClientSession>> _channels = new(ByteKeyComparer.Instance);
    private readonly Dictionary<byte[], HashSet<ClientSession>> _patterns = new(ByteKeyComparer.Instance);
    private readonly Dictionary<byte[], HashSet<ClientSession>> _shardChannels = new(ByteKeyComparer.Instance);

    internal PubSubHub()
    {
    }

    /// <summary>The channels that have listeners.</summary>
    public IReadOnlyCollection<byte[]> Channels => _channels.Keys;

    /// <summary>The shard channels that have listeners.</summary>
    public IReadOnlyCollection<byte[]> ShardChannels => _shardChannels.Keys;

    /// <summary>How many different patterns are listened to.</summary>
    public int PatternCount => _patterns.Count;

    /// <summary>How many sessions listen to <paramref name="channel"/>, patterns not counted.</summary>
    public int CountListeners(ReadOnlySpan<byte> channel) => Count(_channels, channel);

    /// <summary>How many sessions listen to the shard channel <paramref name="channel"/>.</summary>
    public int CountShardListeners(ReadOnlySpan<byte> channel) => Count(_shardChannels, channel);

    /// <summary>Delivers <paramref name="message"/> to the listeners of <paramref name="channel"/> and of patterns that match it; returns how many got it.</summary>
    public long Publish(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        long receivers = 0;
        if (_channels.Count > 0
            && _channels.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(channel, out HashSet<ClientSession>? listeners))
        {
            foreach (ClientSession listener in listeners)
            {
                Deliver(listener, "message"u8, isPattern: false, default, channel, message);
                receivers++;
            }
        }

        foreach ((byte[] pattern, HashSet<ClientSession> patternListeners) in _patterns)
        {
            if (!GlobPattern.IsMatch(pattern, channel) && !GlobPattern.IsMatchAll(pattern))
            {
                continue;
            }

            foreach (ClientSession listener in patternListeners)
            {
                Deliver(listener, "pmessage"u8, isPattern: true, pattern, channel, message);
                receivers++;
            }
        }

        return receivers;
    }

    /// <summary>Delivers <paramref name="message"/> to the listeners of the shard channel; returns how many got it.</summary>
    public long PublishToShard(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        if (!_shardChannels.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(channel, out HashSet<ClientSession>? listeners))
        {
            return 0;
        }

        foreach (ClientSession listener in listeners)
        {
            Deliver(listener, "smessage"u8, isPattern: false, default, channel, message);
        }

        return listeners.Count;
    }

    internal void PublishKeyspaceEvent(KeyspaceEvents configured, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, int database)
    {
        if (_channels.Count == 0 && _patterns.Count == 0)
        {
            return;
        }

        if ((configured & KeyspaceEvents.Keyspace) != 0)
        {
            Publish([.. Encoding.ASCII.GetBytes($"__keyspace@{database}__:"), .. key], name);
        }

        if ((configured & KeyspaceEvents.Keyevent) != 0)
        {
            Publish([.. Encoding.ASCII.GetBytes($"__keyevent@{database}__:"), .. name], key);
        }
    }

    internal bool Subscribe(ClientSession session, ReadOnlySpan<byte> channel) =>
        Add(_channels, SubscriptionsOf(session).Channels, session, channel);

    internal bool SubscribePattern(ClientSession session, ReadOnlySpan<byte> pattern) =>
        Add(_patterns, SubscriptionsOf(session).Patterns, session, pattern);

    internal bool SubscribeShard(ClientSession session, ReadOnlySpan<byte> channel) =>
        Add(_shardChannels, SubscriptionsOf(session).ShardChannels, session, channel);

    internal bool Unsubscribe(ClientSession session, ReadOnlySpan<byte> channel) =>
        Remove(_channels, SubscriptionsOf(session).Channels, session, channel);

    internal bool UnsubscribePattern(ClientSession session, ReadOnlySpan<byte> pattern) =>
        Remove(_patterns, SubscriptionsOf(session).Patterns, session, pattern);

    internal bool UnsubscribeShard(ClientSession session, ReadOnlySpan<byte> channel) =>
        Remove(_shardChannels, SubscriptionsOf(session).ShardChannels, session, channel);

    /// <summary>Ends everything that <paramref name="session"/> listens to, without telling it.</summary>
    internal void RemoveSession(ClientSession session)
    {
        if (session.Subscriptions is not { } subscriptions)
        {
            return;
        }

        foreach (byte[] channel in subscriptions.Channels.ToArray())
        {
            Unsubscribe(session, channel);
        }

        foreach (byte[] pattern in subscriptions.Patterns.ToArray())
        {
            UnsubscribePattern(session, pattern);
        }

        foreach (byte[] channel in subscriptions.ShardChannels.ToArray())
        {
            UnsubscribeShard(session, channel);
        }

        session.Subscriptions = null;
    }

    private static Subscriptions SubscriptionsOf(ClientSession session) => session.Subscriptions ??= new Subscriptions();

    private static void Deliver(
        ClientSession listener,
        ReadOnlySpan<byte> kind,
        bool isPattern,
        ReadOnlySpan<byte> pattern,
        ReadOnlySpan<byte> channel,
        ReadOnlySpan<byte> message)
    {
        if (listener.IsClosing)
        {
            return;
        }

        // CLIENT REPLY OFF concerns replies, not messages.
        ReplyWriter reply = listener.Reply;
        bool muted = reply.Muted;
        reply.Muted = false;
        reply.Push(isPattern ? 4 : 3);
        reply.Bulk(kind);
        if (isPattern)
        {
            reply.Bulk(pattern);
        }

        reply.Bulk(channel);
        reply.Bulk(message);
        reply.Muted = muted;
        listener.Host.OutputReady();
    }

    private static int Count(Dictionary<byte[], HashSet<ClientSession>> table, ReadOnlySpan<byte> name) =>
        table.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out HashSet<ClientSession>? listeners) ? listeners.Count : 0;

    private static bool Add(
        Dictionary<byte[], HashSet<ClientSession>> table, HashSet<byte[]> own, ClientSession session, ReadOnlySpan<byte> name)
    {
        if (own.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(name))
        {
            return false;
        }

        byte[] key = name.ToArray();
        own.Add(key);
        if (!table.TryGetValue(key, out HashSet<ClientSession>? listeners))
        {
            table.Add(key, listeners = []);
        }

        listeners.Add(session);
        return true;
    }

    private static bool Remove(
        Dictionary<byte[], HashSet<ClientSession>> table, HashSet<byte[]> own, ClientSession session, ReadOnlySpan<byte> name)
    {
        if (!own.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(name))
        {
            return false;
        }

        Dictionary<byte[], HashSet<ClientSession>>.AlternateLookup<ReadOnlySpan<byte>> lookup =
            table.GetAlternateLookup<ReadOnlySpan<byte>>();
        HashSet<ClientSession> listeners = lookup[name];
        listeners.Remove(session);
        if (listeners.Count == 0)
        {
            lookup.Remove(name);
        }

        return true;
    }
}
