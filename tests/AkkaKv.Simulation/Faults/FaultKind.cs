namespace AkkaKv.Simulation.Faults;

/// <summary>What can go wrong. The seed of a world draws which of them do.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL of a data node; it restarts with its last RDB file, if it saves any.</summary>
    KillNode,

    /// <summary>SIGKILL of the master, while all other nodes are well, until it was missed.</summary>
    KillMaster,

    /// <summary>A data node saves and ends.</summary>
    ShutDownNode,

    /// <summary>The machine of a data node goes, without a word to anybody.</summary>
    PowerOffNode,

    /// <summary>A data node is killed and restarts with an empty disk.</summary>
    LoseNodeDisk,

    /// <summary>SIGSTOP of a data node.</summary>
    PauseNode,

    /// <summary>SIGKILL of a sentinel.</summary>
    KillSentinel,

    /// <summary>The machine of a sentinel goes.</summary>
    PowerOffSentinel,

    /// <summary>A sentinel is killed and restarts with an empty disk.</summary>
    LoseSentinelDisk,

    /// <summary>SIGSTOP of a sentinel.</summary>
    PauseSentinel,

    /// <summary>A sentinel's clock jumps, forwards or backwards.</summary>
    JumpClock,

    /// <summary>One process is cut off from everybody.</summary>
    Isolate,

    /// <summary>The processes fall into two parts.</summary>
    Split,

    /// <summary>Between two processes one direction is cut.</summary>
    CutOneWay,

    /// <summary>A connection is reset.</summary>
    BreakConnection,

    /// <summary>A connection delivers nothing for a while.</summary>
    StallConnection,

    /// <summary>Everything is slow and messages get lost.</summary>
    BadWeather,

    /// <summary>A user asks for a failover.</summary>
    ManualFailover,
}
