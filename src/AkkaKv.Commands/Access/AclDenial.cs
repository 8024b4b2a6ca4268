using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>Why something was refused; the later one says more, and is told when several selectors refuse a command.</summary>
internal enum AclReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The command.</summary>
    Command,

    /// <summary>A key.</summary>
    Key,

    /// <summary>A login.</summary>
    Login,

    /// <summary>A channel.</summary>
    Channel,
}

/// <summary>Where a refused command came from.</summary>
internal enum AclOrigin
{
    /// <summary>A connection.</summary>
    TopLevel,

    /// <summary>A transaction.</summary>
    Transaction,

    /// <summary>A script.</summary>
    Script,
}

/// <summary>What a check of a command found.</summary>
/// <param name="Reason">Why it is refused, or <see cref="AclReason.None"/>.</param>
/// <param name="Argument">The argument that is refused, if it is a key or channel.</param>
internal readonly record struct AclDenial(AclReason Reason, int Argument)
{
    public bool IsAllowed => Reason == AclReason.None;

    /// <summary>The answer to a client.</summary>
    public string Error(CommandRow row) => Reason switch
    {
        AclReason.Key => "NOPERM this user has no permissions to access one of the keys used as arguments",
        AclReason.Channel => "NOPERM this user has no permissions to access one of the channels used as arguments",
        _ => $"NOPERM this user has no permissions to run the '{row.FullName}' command",
    };

    /// <summary>The answer to EXEC about a command that was allowed when it was queued.</summary>
    public string ErrorInExec() =>
        "NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC call. "
        + "This command is no longer allowed for the following reason: "
        + Reason switch
        {
            AclReason.Key => "no permission to touch the specified keys",
            AclReason.Channel => "no permission to access one of the channels used as arguments to the command",
            _ => "no permission to execute the command or subcommand",
        };

    /// <summary>The answer to a script's call.</summary>
    public string ErrorInScript() => Reason switch
    {
        AclReason.Key => "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments",
        AclReason.Channel => "ERR The user executing the script can't publish to the channel mentioned in the command",
        _ => "ERR The user executing the script can't run this command or subcommand",
    };
}
