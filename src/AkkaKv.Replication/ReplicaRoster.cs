namespace AkkaKv.Replication;

/// <summary>
/// A master's list of its attached replicas, in the order of their arrival: what INFO, ROLE, WAIT and min-replicas-to-write
/// look at. `now` is monotonic milliseconds.
/// </summary>
public sealed class ReplicaRoster
{
    private readonly List<Member> _members = [];

    public int Count => _members.Count;

    /// <summary>A replica has sent PSYNC or SYNC.</summary>
    /// <param name="number">A number of the host's choosing by which it is known here.</param>
    /// <param name="address">Its address: the one it announced, or the one it connects from.</param>
    /// <param name="port">The port on which it serves its own clients.</param>
    /// <param name="now">Now.</param>
    public void Add(long number, string address, int port, long now) => _members.Add(new Member(number, address, port, now));

    /// <summary>Its link is closed.</summary>
    public bool Remove(long number) => _members.RemoveAll(member => member.Number == number) > 0;

    public void Change(long number, ReplicaState state, long now)
    {
        if (Find(number) is not { } member)
            return;
        member.State = state;
        member.AckedAt = now;
    }

    /// <summary>It confirmed the stream up to <paramref name="offset"/>.</summary>
    public void Acknowledge(long number, long offset, long now)
    {
        if (Find(number) is not { } member)
            return;
        member.Offset = Math.Max(member.Offset, offset);
        member.AckedAt = now;
    }

    /// <summary>How many online replicas have confirmed <paramref name="offset"/> (WAIT).</summary>
    public int CountAcked(long offset)
    {
        var count = 0;
        foreach (var member in _members)
        {
            if (member.State == ReplicaState.Online && member.Offset >= offset)
                count++;
        }

        return count;
    }

    /// <summary>How many online replicas were heard of within <paramref name="lagMaxSeconds"/> (min-replicas-max-lag).</summary>
    public int CountGood(int lagMaxSeconds, long now)
    {
        var count = 0;
        foreach (var member in _members)
        {
            if (member.State == ReplicaState.Online && member.LagSeconds(now) <= lagMaxSeconds)
                count++;
        }

        return count;
    }

    /// <summary>The replicas as INFO shows them.</summary>
    public IReadOnlyList<ReplicaView> Views(long now) =>
        [.. _members.Select(member => new ReplicaView(member.Number, member.Address, member.Port, member.State, Math.Max(0, member.Offset), member.LagSeconds(now)))];

    private Member? Find(long number) => _members.Find(member => member.Number == number);

    private sealed class Member(long number, string address, int port, long now)
    {
        public long Number { get; } = number;

        public string Address { get; } = address;

        public int Port { get; } = port;

        public ReplicaState State { get; set; } = ReplicaState.WaitsForSnapshot;

        /// <summary>
        /// What it confirmed last; less than any offset before it confirmed anything. A snapshot that is still on its way confirms nothing,
        /// not even the offset 0 of writes from before there was a backlog.
        /// </summary>
        public long Offset { get; set; } = -1;

        public long AckedAt { get; set; } = now;

        /// <summary>Redis shows no lag for a replica that is not online yet.</summary>
        public long LagSeconds(long now) => State == ReplicaState.Online ? (now - AckedAt) / 1000 : 0;
    }
}

/// <summary>A replica as INFO's slave lines and ROLE show it.</summary>
/// <param name="Number">The host's number for it.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">The port on which it serves its own clients.</param>
/// <param name="State">How far it is.</param>
/// <param name="Offset">The highest offset that it confirmed.</param>
/// <param name="LagSeconds">Seconds since it last confirmed one.</param>
public sealed record ReplicaView(long Number, string Address, int Port, ReplicaState State, long Offset, long LagSeconds);
