using AkkaKv.Actors.Cluster;

namespace AkkaKv.Actors.Keyspace;

/// <summary>What a data node has to do about a sentinel's word.</summary>
internal enum RoleVerdict
{
    /// <summary>Nothing: it is what it should be, or the word is old, or about another master.</summary>
    Stay,

    /// <summary>It is the master, and may serve from now on.</summary>
    ServeAsMaster,

    /// <summary>Another node is the master: follow it.</summary>
    Follow,
}

/// <summary>
/// Keeps a data node of a cluster from acting as a master that the sentinels have replaced. A node that starts as a master serves
/// nobody before a sentinel has confirmed it, or a bounded time has passed in which no sentinel was heard; a master that hears of
/// a newer one, when it comes back from a pause or from the other side of a partition, gives up its role at once.
/// </summary>
/// <remarks>
/// Replicas are pointed at a new master by the sentinels, in the order that parallel-syncs asks for; only one that has just started is
/// corrected here, because its configuration may name a master of long ago. Time is monotonic milliseconds.
/// </remarks>
/// <param name="masterName">The name under which the sentinels watch this node's master.</param>
/// <param name="startsAsMaster">Its configuration makes it a master.</param>
/// <param name="deadline">Until when it waits for a sentinel.</param>
internal sealed class RoleAgreement(string masterName, bool startsAsMaster, long deadline)
{
    private long _epoch = -1;
    private bool _isConfirmed;

    /// <summary>The node may not serve yet.</summary>
    public bool IsPending { get; private set; } = startsAsMaster;

    /// <summary>A sentinel says who is master.</summary>
    /// <param name="change">What it says.</param>
    /// <param name="isSelf">The address is this node's.</param>
    /// <param name="isReplica">This node is a replica now.</param>
    public RoleVerdict Hear(MasterChanged change, bool isSelf, bool isReplica)
    {
        if (change.MasterName != masterName || change.ConfigEpoch < _epoch)
            return RoleVerdict.Stay;
        var isNews = change.ConfigEpoch > _epoch || !_isConfirmed;
        var isFirst = !_isConfirmed;
        _epoch = change.ConfigEpoch;
        _isConfirmed = true;
        if (isSelf)
        {
            var wasPending = IsPending;
            IsPending = false;
            return wasPending ? RoleVerdict.ServeAsMaster : RoleVerdict.Stay;
        }
        if (!isNews || (isReplica && !isFirst))
            return RoleVerdict.Stay;
        IsPending = false;
        return RoleVerdict.Follow;
    }

    /// <summary>Time passes; true when the wait has just ended without a word from any sentinel.</summary>
    public bool GiveUpWaiting(long now)
    {
        if (!IsPending || now < deadline)
            return false;
        IsPending = false;
        return true;
    }
}
