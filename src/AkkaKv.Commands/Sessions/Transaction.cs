using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Sessions;

/// <summary>The commands queued between MULTI and EXEC.</summary>
public sealed class Transaction
{
    private readonly List<QueuedCommand> _commands = [];

    /// <summary>The queue, in order.</summary>
    public IReadOnlyList<QueuedCommand> Commands => _commands;

    /// <summary>The flags of all queued commands together.</summary>
    public CommandFlags AnyFlags { get; private set; }

    /// <summary>The flags that all queued commands have.</summary>
    public CommandFlags CommonFlags { get; private set; } = (CommandFlags)~0;

    /// <summary>A command could not be queued: EXEC will refuse.</summary>
    public bool IsBroken { get; internal set; }

    /// <summary>The memory of the queued requests in bytes.</summary>
    public long QueuedBytes { get; private set; }

    internal void Add(CommandRow row, in Arguments request)
    {
        var copy = new OwnedArguments(request);
        _commands.Add(new QueuedCommand(row, copy));
        QueuedBytes += copy.Size;
        AnyFlags |= row.Flags;
        CommonFlags &= row.Flags;
    }
}

/// <summary>One queued command.</summary>
public sealed record QueuedCommand(CommandRow Row, OwnedArguments Arguments);
