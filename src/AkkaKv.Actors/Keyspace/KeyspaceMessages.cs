namespace AkkaKv.Actors.Keyspace;

/// <summary>Asks the keyspace actor to answer <see cref="Akka.Done"/> when its data are loaded, or why they cannot be.</summary>
internal sealed class AwaitData
{
    public static readonly AwaitData Instance = new();
}

/// <summary>The node stops: the keyspace saves its data if it is to, executes no more requests of clients, and answers <see cref="Akka.Done"/>.</summary>
internal sealed class PrepareStop
{
    public static readonly PrepareStop Instance = new();
}
