using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Sessions;

/// <summary>BLPOP and its like: until one of several keys holds something for the command.</summary>
/// <param name="Request">The request that waits.</param>
/// <param name="Row">Its command.</param>
/// <param name="DatabaseIndex">The database that was selected when it came: that number, whatever contents SWAPDB gives it.</param>
/// <param name="Wait">How it goes on.</param>
public sealed record BlockedOnKeys(OwnedArguments Request, CommandRow Row, int DatabaseIndex, KeyWait Wait) : BlockedState
{
    /// <summary>Its places in the queues of the keys, one for each different key.</summary>
    internal List<LinkedListNode<ClientSession>> Queued { get; } = [];

    /// <summary>The keys of <see cref="Queued"/>.</summary>
    internal List<AwaitedKey> Keys { get; } = [];
}
