using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Channels;

/// <summary>What one session listens to.</summary>
public sealed class Subscriptions
{
    internal HashSet<byte[]> Channels { get; } = new(ByteKeyComparer.Instance);

    internal HashSet<byte[]> Patterns { get; } = new(ByteKeyComparer.Instance);

    internal HashSet<byte[]> ShardChannels { get; } = new(ByteKeyComparer.Instance);

    /// <summary>The number of channels.</summary>
    public int ChannelCount => Channels.Count;

    /// <summary>The number of patterns.</summary>
    public int PatternCount => Patterns.Count;

    /// <summary>The number of shard channels.</summary>
    public int ShardChannelCount => ShardChannels.Count;

    /// <summary>All together.</summary>
    public int Count => Channels.Count + Patterns.Count + ShardChannels.Count;
}
