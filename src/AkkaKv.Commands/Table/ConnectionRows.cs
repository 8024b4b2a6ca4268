using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Connection;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on the connection itself.</summary>
internal static class ConnectionRows
{
    public static readonly CommandRow[] Rows =
    [
        new("auth", -2, "1.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | Sensitive, AuthenticationCommands.Auth)
        {
            Categories = AclCategories.Connection,
            Summary = "Authenticates the connection.",
            Complexity = "O(N)",
        },
        new("client", -2, "2.4.0", None)
        {
            Summary = "Inspects and controls connections.",
            Subcommands =
            [
                new("caching", 3, "6.0.0", NoScript | Loading | Stale, TrackingCommands.Caching)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Chooses whether the keys of the next command are tracked.",
                    Complexity = "O(1)",
                },
                new("getname", 2, "2.6.9", NoScript | Loading | Stale, ClientCommands.GetName)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the name of this connection.",
                    Complexity = "O(1)",
                },
                new("getredir", 2, "6.0.0", NoScript | Loading | Stale, TrackingCommands.GetRedirection)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the connection that tracking messages go to.",
                    Complexity = "O(1)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("id", 2, "5.0.0", NoScript | Loading | Stale, ClientCommands.Id)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the number of this connection.",
                    Complexity = "O(1)",
                },
                new("info", 2, "6.2.0", NoScript | Loading | Stale, ClientCommands.Info)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes this connection.",
                    Complexity = "O(1)",
                },
                new("kill", -3, "2.4.0", Admin | NoScript | Loading | Stale, ClientKillCommand.Run)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Closes connections chosen by address, number, type, user or age.",
                    Complexity = "O(N)",
                },
                new("list", -2, "2.4.0", Admin | NoScript | Loading | Stale, ClientCommands.List)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes the open connections.",
                    Complexity = "O(N)",
                },
                new("no-evict", 3, "7.0.0", Admin | NoScript | Loading | Stale, ClientCommands.NoEvict)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Protects this connection from eviction for memory.",
                    Complexity = "O(1)",
                },
                new("no-touch", 3, "7.2.0", NoScript | Loading | Stale, ClientCommands.NoTouch)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Lets commands of this connection leave the access times of keys alone.",
                    Complexity = "O(1)",
                },
                new("pause", -3, "2.9.50", Admin | NoScript | Loading | Stale, ClientWaitingCommands.Pause)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Holds commands back for some time.",
                    Complexity = "O(1)",
                },
                new("reply", 3, "3.2.0", NoScript | Loading | Stale, ClientCommands.Reply)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Chooses whether this connection gets replies.",
                    Complexity = "O(1)",
                },
                new("setinfo", 4, "7.2.0", NoScript | Loading | Stale, ClientCommands.SetInfo)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Records the name or version of the client library.",
                    Complexity = "O(1)",
                },
                new("setname", 3, "2.6.9", NoScript | Loading | Stale, ClientCommands.SetName)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Names this connection.",
                    Complexity = "O(1)",
                },
                new("tracking", -3, "6.0.0", NoScript | Loading | Stale, TrackingCommands.Tracking)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Switches invalidation messages for cached keys on or off.",
                    Complexity = "O(1)",
                },
                new("trackinginfo", 2, "6.2.0", NoScript | Loading | Stale, TrackingCommands.TrackingInfo)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes the tracking of this connection.",
                    Complexity = "O(1)",
                },
                new("unblock", -3, "5.0.0", Admin | NoScript | Loading | Stale, ClientWaitingCommands.Unblock)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Ends the waiting of a blocked connection.",
                    Complexity = "O(log N)",
                },
                new("unpause", 2, "6.2.0", Admin | NoScript | Loading | Stale, ClientWaitingCommands.Unpause)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Lets commands that were held back go on.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("echo", 2, "1.0.0", Loading | Stale | Fast, ConnectionCommands.Echo)
        {
            Categories = AclCategories.Connection,
            Summary = "Returns its argument.",
            Complexity = "O(1)",
        },
        new("hello", -1, "6.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | Sensitive, AuthenticationCommands.Hello)
        {
            Categories = AclCategories.Connection,
            Summary = "Chooses the protocol version, optionally authenticating and naming the connection.",
            Complexity = "O(1)",
        },
        new("ping", -1, "1.0.0", Fast | SubscribedContext, ConnectionCommands.Ping)
        {
            Categories = AclCategories.Connection,
            Summary = "Answers, so that a connection can be checked.",
            Complexity = "O(1)",
        },
        new("quit", -1, "1.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | NeverQueued | SubscribedContext, ConnectionCommands.Quit)
        {
            Categories = AclCategories.Connection,
            Summary = "Closes the connection.",
            Complexity = "O(1)",
        },
        new("reset", 1, "6.2.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | NeverQueued | SubscribedContext, ConnectionCommands.Reset)
        {
            Categories = AclCategories.Connection,
            Summary = "Puts the connection back into its first state.",
            Complexity = "O(1)",
        },
        new("select", 2, "1.0.0", Loading | Stale | Fast, ConnectionCommands.Select)
        {
            Categories = AclCategories.Connection,
            Summary = "Chooses the database of this connection.",
            Complexity = "O(1)",
        },
    ];
}
