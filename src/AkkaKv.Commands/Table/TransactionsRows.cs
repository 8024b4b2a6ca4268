using AkkaKv.Commands.Commands.Transactions;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on transactions.</summary>
internal static class TransactionsRows
{
    public static readonly CommandRow[] Rows =
    [
        new("discard", 1, "2.0.0", NoScript | Loading | Stale | Fast | AllowBusy | NeverQueued, TransactionCommands.Discard)
        {
            Categories = AclCategories.Transaction,
            Summary = "Drops the queued commands of a transaction.",
            Complexity = "O(N)",
        },
        new("exec", 1, "1.2.0", NoScript | Loading | Stale | SkipSlowlog | NeverQueued, TransactionCommands.Exec)
        {
            Categories = AclCategories.Transaction,
            Summary = "Runs the queued commands of a transaction.",
        },
        new("multi", 1, "1.2.0", NoScript | Loading | Stale | Fast | AllowBusy | NeverQueued, TransactionCommands.Multi)
        {
            Categories = AclCategories.Transaction,
            Summary = "Begins a transaction.",
            Complexity = "O(1)",
        },
        new("unwatch", 1, "2.2.0", NoScript | Loading | Stale | Fast | AllowBusy, TransactionCommands.Unwatch)
        {
            Categories = AclCategories.Transaction,
            Summary = "Forgets all watched keys.",
            Complexity = "O(1)",
        },
        new("watch", -2, "2.2.0", NoScript | Loading | Stale | Fast | AllowBusy | NeverQueued, TransactionCommands.Watch)
        {
            Categories = AclCategories.Transaction,
            Keys = [KeySpec.Range("RO", 1, last: -1)],
            Summary = "Watches keys, so that a transaction fails if they change.",
            Complexity = "O(1)",
        },
    ];
}
