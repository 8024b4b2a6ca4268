using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>What one client of the sentinel's port listens to, and the messages that it gets.</summary>
internal sealed class SentinelSubscriptions(ReplyWriter reply)
{
    private readonly List<string> _channels = [];
    private readonly List<string> _patterns = [];

    public int ChannelCount => _channels.Count;

    public int PatternCount => _patterns.Count;

    public bool IsAny => _channels.Count + _patterns.Count > 0;

    public void Subscribe(ReadOnlySpan<string> names, bool patterns)
    {
        foreach (var name in names)
        {
            var list = patterns ? _patterns : _channels;
            if (!list.Contains(name))
                list.Add(name);
            Confirm(patterns ? "psubscribe" : "subscribe", name);
        }
    }

    /// <summary>Without names: everything, and one confirmation even if there is nothing.</summary>
    public void Unsubscribe(ReadOnlySpan<string> names, bool patterns)
    {
        var kind = patterns ? "punsubscribe" : "unsubscribe";
        var list = patterns ? _patterns : _channels;
        if (names.Length == 0 && list.Count == 0)
        {
            Confirm(kind, null);
            return;
        }
        foreach (var name in names.Length > 0 ? names.ToArray() : list.ToArray())
        {
            list.Remove(name);
            Confirm(kind, name);
        }
    }

    /// <summary>Writes the event for each subscription that it matches. True when there was one.</summary>
    public bool Publish(string channel, string message)
    {
        var isHeard = false;
        if (_channels.Contains(channel))
        {
            reply.Push(3);
            reply.Bulk("message");
            reply.Bulk(channel);
            reply.Bulk(message);
            isHeard = true;
        }
        foreach (var pattern in _patterns)
        {
            if (!NamePattern.Matches(pattern, channel))
                continue;
            reply.Push(4);
            reply.Bulk("pmessage");
            reply.Bulk(pattern);
            reply.Bulk(channel);
            reply.Bulk(message);
            isHeard = true;
        }
        return isHeard;
    }

    private void Confirm(string kind, string? name)
    {
        reply.Push(3);
        reply.Bulk(kind);
        if (name is null)
            reply.NullBulk();
        else
            reply.Bulk(name);
        reply.Integer(_channels.Count + _patterns.Count);
    }
}
