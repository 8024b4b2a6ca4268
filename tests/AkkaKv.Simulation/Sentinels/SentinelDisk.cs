using AkkaKv.Sentinel;

namespace AkkaKv.Simulation.Sentinels;

/// <summary>A sentinel's state file: the bytes of the last write that was finished.</summary>
internal sealed class SentinelDisk(World world, string sentinelId)
{
    private readonly List<byte[]> _versions = [];
    private byte[]? _bytes;

    /// <summary>What is durable now; null when nothing is.</summary>
    public MasterState? State { get; private set; }

    public void Write(MasterState state)
    {
        world.Checks.Epochs.Written(sentinelId, State, state);
        world.Checks.Votes.Written(sentinelId, state);
        _bytes = SentinelStateCodec.Encode(SentinelState.New(sentinelId).With(state));
        _versions.Add(_bytes);
        State = state;
    }

    /// <summary>The disk is replaced by an empty one.</summary>
    public void Lose()
    {
        _bytes = null;
        State = null;
        world.Checks.Epochs.Lost(sentinelId);
        world.Checks.Votes.Lost(sentinelId);
    }

    /// <summary>Reads the file, as a starting sentinel does.</summary>
    public MasterState? Read()
    {
        if (world.Sabotage == Sabotage.DiskGoesBack && _versions.Count > 3)
            _bytes = _versions[^3];
        State = _bytes is null ? null : SentinelStateCodec.Decode(_bytes).Masters[0];
        if (world.Sabotage == Sabotage.DiskForgetsVotes && State is { } state)
            State = state with { Leader = "", LeaderEpoch = 0, CurrentEpoch = state.ConfigEpoch };
        return State;
    }
}
