using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Tracking;

/// <summary>Who wants to hear of all changes to keys that begin with a prefix, and what has changed since they were last told.</summary>
internal sealed class BroadcastPrefixes
{
    private readonly Dictionary<byte[], Audience> _audiences = new(ByteKeyComparer.Instance);

    /// <summary>Number of prefixes.</summary>
    public int Count => _audiences.Count;

    /// <summary>Whether somebody must be told something.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>The connection listens to the prefix.</summary>
    public void Add(ClientSession session, byte[] prefix)
    {
        if (!_audiences.TryGetValue(prefix, out Audience? audience))
        {
            _audiences.Add(prefix, audience = new Audience());
        }

        audience.Sessions.Add(session);
    }

    /// <summary>The connection listens no longer.</summary>
    public void Remove(ClientSession session, byte[] prefix)
    {
        if (_audiences.TryGetValue(prefix, out Audience? audience) && audience.Sessions.Remove(session) && audience.Sessions.Count == 0)
        {
            _audiences.Remove(prefix);
        }
    }

    /// <summary>A key was changed by a connection's command, or by nobody's.</summary>
    public void Changed(ClientSession? by, ReadOnlySpan<byte> key)
    {
        foreach ((byte[] prefix, Audience audience) in _audiences)
        {
            if (key.StartsWith(prefix))
            {
                audience.Changes.GetAlternateLookup<ReadOnlySpan<byte>>()[key] = by;
                HasChanges = true;
            }
        }
    }

    /// <summary>Tells each listener of a prefix what has changed under it, in the order of the keys' bytes.</summary>
    public void Flush(Action<ClientSession, IReadOnlyList<byte[]>> tell)
    {
        HasChanges = false;
        foreach (Audience audience in _audiences.Values)
        {
            if (audience.Changes.Count == 0)
            {
                continue;
            }

            byte[][] keys = [.. audience.Changes.Keys];
            Array.Sort(keys, static (a, b) => a.AsSpan().SequenceCompareTo(b));
            foreach (ClientSession session in audience.Sessions)
            {
                byte[][] told = session.Tracking is { IsNoLoop: true } ? Array.FindAll(keys, key => audience.Changes[key] != session) : keys;
                if (told.Length > 0)
                {
                    tell(session, told);
                }
            }

            audience.Changes.Clear();
        }
    }

    private sealed class Audience
    {
        public HashSet<ClientSession> Sessions { get; } = [];

        /// <summary>The changed keys, and who changed each last.</summary>
        public Dictionary<byte[], ClientSession?> Changes { get; } = new(ByteKeyComparer.Instance);
    }
}
