using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>A monitor wants its state on disk; answered with <see cref="StatePersisted"/> once it is.</summary>
internal sealed record PersistState(MasterState State, long Ticket);

/// <summary>The state of that ticket, and all before it, are durable.</summary>
internal sealed record StatePersisted(long Ticket);

/// <summary>A client's command for a monitor; answered with <see cref="CommandAnswered"/>.</summary>
internal sealed record ExecuteCommand(long Ticket, SentinelArguments Request, int RespVersion);

/// <summary>A monitor's reply, as the client shall read it.</summary>
internal sealed record CommandAnswered(long Ticket, string MasterName, byte[] Reply);

/// <summary>A client sent something.</summary>
/// <param name="Connection">The client.</param>
/// <param name="Requests">Its requests, in order.</param>
/// <param name="ProtocolError">What is wrong behind them, in Redis's words; then the connection ends.</param>
internal sealed record RequestsArrived(SentinelClientConnection Connection, IReadOnlyList<SentinelArguments> Requests, string? ProtocolError);

/// <summary>A client has gone.</summary>
internal sealed record ClientGone(SentinelClientConnection Connection);

/// <summary>A reply arrived on the link of a monitor.</summary>
internal sealed record LinkReply(int Link, CommandTag Tag, RespValue Value);

/// <summary>A link of a monitor ended by itself.</summary>
internal sealed record LinkEnded(int Link);

/// <summary>An attempt to connect ended.</summary>
internal sealed record ConnectEnded(int Link, System.Net.Sockets.Socket? Socket, LinkFailure Failure);
