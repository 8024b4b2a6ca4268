namespace AkkaKv.Simulation;

/// <summary>
/// A deliberate defect in one of the doubles around the cores. A checker that does not see the defect it is for would not see the same
/// mistake of a core either.
/// </summary>
internal enum Sabotage
{
    /// <summary>None.</summary>
    None,

    /// <summary>What a sentinel wrote down about its vote is gone after a restart.</summary>
    DiskForgetsVotes,

    /// <summary>After a restart a sentinel's disk holds what it held some writes ago.</summary>
    DiskGoesBack,

    /// <summary>Messages leave a sentinel before its disk was asked.</summary>
    MessagesLeaveFirst,

    /// <summary>Every sentinel takes itself for the only voter.</summary>
    EverybodyElectsItself,

    /// <summary>Sentinels tell everybody who asks that they voted for him.</summary>
    VoterGrantsEverybody,

    /// <summary>Masters let a replica continue whose history is another one.</summary>
    MasterContinuesAnybody,

    /// <summary>Connections deliver some bytes of the stream twice.</summary>
    NetworkRepeatsWrites,

    /// <summary>A master confirms writes that it does not execute.</summary>
    MasterForgetsWrites,

    /// <summary>Data nodes answer OK when they are to follow another one, and do nothing.</summary>
    NodeDisobeys,
}
