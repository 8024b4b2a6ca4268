namespace AkkaKv.Sentinel;

/// <summary>
/// The command sequence by which Redis Sentinel changes an instance's role: in one transaction the new role, an attempt to write it into
/// the instance's configuration, and the end of all client connections, so that clients look again for who is master. INFO follows on
/// the same link, so that the effect is known one round trip later instead of at the next poll.
/// </summary>
internal static class RoleOrder
{
    public static void BecomeMaster(InstanceLink link) => Send(link, "NO", "ONE");

    public static void Follow(InstanceLink link, InstanceAddress master) =>
        Send(link, master.Host, master.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // SLAVEOF and not REPLICAOF: servers older than Redis 5 know no other name.
    private static void Send(InstanceLink link, string host, string port)
    {
        link.Send(CommandTag.Discard, "MULTI");
        link.Send(CommandTag.Discard, "SLAVEOF", host, port);
        // Fails inside the transaction on an instance without a configuration file; that is expected and harmless.
        link.Send(CommandTag.Discard, "CONFIG", "REWRITE");
        link.Send(CommandTag.Discard, "CLIENT", "KILL", "TYPE", "normal");
        link.Send(CommandTag.Discard, "CLIENT", "KILL", "TYPE", "pubsub");
        link.Send(CommandTag.RoleChange, "EXEC");
        link.RequestInfo();
    }
}
