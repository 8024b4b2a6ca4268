using AkkaKv.Sentinel;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>No vote, no epoch and no configuration is told, and no order is given out of one, before it is on the disk.</summary>
internal sealed class DurabilityChecker
{
    public void Told(string sentinel, MasterState? disk, PeerMessage message)
    {
        switch (message)
        {
            case VoteReply reply:
                Check(sentinel, "vote", disk?.LeaderEpoch, reply.LeaderEpoch, message);
                break;
            case VoteRequest request:
                Check(sentinel, "vote for itself", disk?.LeaderEpoch, request.Epoch, message);
                break;
            case SentinelHello hello:
                Check(sentinel, "vote", disk?.LeaderEpoch, hello.LeaderEpoch, message);
                Check(sentinel, "current epoch", disk?.CurrentEpoch, hello.CurrentEpoch, message);
                Check(sentinel, "config epoch", disk?.ConfigEpoch, hello.ConfigEpoch, message);
                break;
        }
    }

    /// <summary>A promotion is ordered by a leader only, and its vote for itself is what makes it one.</summary>
    public void Ordered(string sentinel, MasterState? disk, SendCommand command)
    {
        if (command.Arguments is ["SLAVEOF", "NO", "ONE"] && disk?.Leader != sentinel)
            throw new InvariantViolation("durability", $"{sentinel} promotes a replica without a vote for itself on its disk");
    }

    private static void Check(string sentinel, string what, long? onDisk, long told, PeerMessage message)
    {
        if (told > (onDisk ?? 0))
            throw new InvariantViolation("durability", $"{sentinel} told its {what} {told} while its disk has {onDisk ?? 0}: {message}");
    }
}
