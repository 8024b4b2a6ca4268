using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on the connection itself.</summary>
internal static class ConnectionRows
{
    public static readonly CommandRow[] Rows =
    [
        new("auth", -2, "1.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | Sensitive)
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
                new("caching", 3, "6.0.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Chooses whether the keys of the next command are tracked.",
                    Complexity = "O(1)",
                },
                new("getname", 2, "2.6.9", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the name of this connection.",
                    Complexity = "O(1)",
                },
                new("getredir", 2, "6.0.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the connection that tracking messages go to.",
                    Complexity = "O(1)",
                },
                new("help", 2, "5.0.0", Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("id", 2, "5.0.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Tells the number of this connection.",
                    Complexity = "O(1)",
                },
                new("info", 2, "6.2.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes this connection.",
                    Complexity = "O(1)",
                },
                new("kill", -3, "2.4.0", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Closes connections chosen by address, number, type, user or age.",
                    Complexity = "O(N)",
                },
                new("list", -2, "2.4.0", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes the open connections.",
                    Complexity = "O(N)",
                },
                new("no-evict", 3, "7.0.0", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Protects this connection from eviction for memory.",
                    Complexity = "O(1)",
                },
                new("pause", -3, "2.9.50", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Holds commands back for some time.",
                    Complexity = "O(1)",
                },
                new("reply", 3, "3.2.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Chooses whether this connection gets replies.",
                    Complexity = "O(1)",
                },
                new("setname", 3, "2.6.9", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Names this connection.",
                    Complexity = "O(1)",
                },
                new("tracking", -3, "6.0.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Switches invalidation messages for cached keys on or off.",
                    Complexity = "O(1)",
                },
                new("trackinginfo", 2, "6.2.0", NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Describes the tracking of this connection.",
                    Complexity = "O(1)",
                },
                new("unblock", -3, "5.0.0", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Ends the waiting of a blocked connection.",
                    Complexity = "O(log N)",
                },
                new("unpause", 2, "6.2.0", Admin | NoScript | Loading | Stale)
                {
                    Categories = AclCategories.Connection,
                    Summary = "Lets commands that were held back go on.",
                    Complexity = "O(N)",
                },
            ],
        },
        new("echo", 2, "1.0.0", Loading | Stale | Fast)
        {
            Categories = AclCategories.Connection,
            Summary = "Returns its argument.",
            Complexity = "O(1)",
        },
        new("hello", -1, "6.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | Sensitive)
        {
            Categories = AclCategories.Connection,
            Summary = "Chooses the protocol version, optionally authenticating and naming the connection.",
            Complexity = "O(1)",
        },
        new("ping", -1, "1.0.0", Fast | SubscribedContext)
        {
            Categories = AclCategories.Connection,
            Summary = "Answers, so that a connection can be checked.",
            Complexity = "O(1)",
        },
        new("quit", -1, "1.0.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | NeverQueued | SubscribedContext)
        {
            Categories = AclCategories.Connection,
            Summary = "Closes the connection.",
            Complexity = "O(1)",
        },
        new("reset", 1, "6.2.0", NoScript | Loading | Stale | Fast | NoAuth | AllowBusy | NeverQueued | SubscribedContext)
        {
            Categories = AclCategories.Connection,
            Summary = "Puts the connection back into its first state.",
            Complexity = "O(1)",
        },
        new("select", 2, "1.0.0", Loading | Stale | Fast)
        {
            Categories = AclCategories.Connection,
            Summary = "Chooses the database of this connection.",
            Complexity = "O(1)",
        },
    ];
}
