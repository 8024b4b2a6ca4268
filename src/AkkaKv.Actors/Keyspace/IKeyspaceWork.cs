namespace AkkaKv.Actors.Keyspace;

/// <summary>
/// Something to be done by the keyspace actor, on its turn. A connection is such a message itself, so that telling a batch of
/// requests allocates nothing.
/// </summary>
internal interface IKeyspaceWork
{
    /// <summary>Does the work; nothing else touches the keyspace meanwhile.</summary>
    void Execute(KeyspaceTurn turn);
}
