using AkkaKv.Protocol;

namespace AkkaKv.Commands.Sessions;

/// <summary>Why a session waits.</summary>
public abstract record BlockedState
{
    /// <summary>Unix milliseconds at which waiting ends; <see cref="long.MaxValue"/>: never.</summary>
    public required long DeadlineMs { get; init; }

    /// <summary>Whether CLIENT UNBLOCK may end it.</summary>
    public virtual bool CanBeUnblocked => true;

    /// <summary>Its place among all that wait.</summary>
    internal LinkedListNode<ClientSession>? Place { get; set; }
}

/// <summary>Held back by CLIENT PAUSE: the request runs when the pause ends.</summary>
public sealed record BlockedByPause(OwnedArguments Request) : BlockedState
{
    /// <inheritdoc/>
    public override bool CanBeUnblocked => false;
}

/// <summary>WAIT: until <paramref name="Replicas"/> replicas have acknowledged <paramref name="Offset"/>.</summary>
public sealed record BlockedForReplicas(int Replicas, long Offset) : BlockedState;
