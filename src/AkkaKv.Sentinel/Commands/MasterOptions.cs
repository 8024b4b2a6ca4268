using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>SENTINEL SET: options of one master, one after the other; those before a wrong one stay set, as in Redis.</summary>
internal static class MasterOptions
{
    private const string ScriptsDenied =
        "ERR Reconfiguration of scripts path is denied for security reasons. Check the deny-scripts-reconfig configuration "
        + "directive in your Sentinel configuration";

    public static void Set(MasterMonitor monitor, long now, SentinelArguments request, ReplyWriter reply, SentinelOutbox outbox)
    {
        for (var index = 3; index < request.Count; index += 2)
        {
            var option = request[index].ToLowerInvariant();
            if (option is "notification-script" or "client-reconfig-script")
            {
                // The reverse of Redis's default does not exist: a script that a client can name is a program that a client can run.
                reply.Error(ScriptsDenied);
                return;
            }
            if (index + 1 >= request.Count || !IsKnown(option))
            {
                reply.Error($"ERR Unknown option or number of arguments for SENTINEL SET '{request[index]}'");
                return;
            }
            var value = request[index + 1];
            if (Change(monitor.Settings, option, value) is not { } changed)
            {
                reply.Error($"ERR Invalid argument '{value}' for SENTINEL SET '{request[index]}'");
                return;
            }
            var shown = option is "auth-pass" or "auth-user" ? "******" : value;
            monitor.Step(now, new SettingsChanged(changed, option, shown), outbox);
        }
        reply.Ok();
    }

    private static bool IsKnown(string option) => option is "down-after-milliseconds" or "failover-timeout" or "parallel-syncs"
        or "quorum" or "auth-pass" or "auth-user" or "master-reboot-down-after-period";

    private static MasterSettings? Change(MasterSettings settings, string option, string value)
    {
        switch (option)
        {
            case "auth-pass":
                return settings with { AuthPassword = value.Length > 0 ? value : null };
            case "auth-user":
                return settings with { AuthUser = value.Length > 0 ? value : null };
        }
        if (!SentinelArguments.TryParse(value, out var number))
            return null;
        if (option == "master-reboot-down-after-period")
            return number < 0 ? null : settings with { MasterRebootDownAfterMs = number };
        if (number <= 0)
            return null;
        return option switch
        {
            "down-after-milliseconds" => settings with { DownAfterMs = number },
            "failover-timeout" => settings with { FailoverTimeoutMs = number },
            "parallel-syncs" when number <= int.MaxValue => settings with { ParallelSyncs = (int)number },
            "quorum" when number <= int.MaxValue => settings with { Quorum = (int)number },
            _ => null,
        };
    }
}
