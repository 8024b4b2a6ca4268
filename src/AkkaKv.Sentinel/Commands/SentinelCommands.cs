using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>The subcommands of SENTINEL that the sentinel answers itself, and the way to the monitor that answers another one.</summary>
public static class SentinelCommands
{
    private const string NoSuchMaster = "ERR No such master with that name";

    /// <summary>
    /// Finds who answers. When the request is wrong, or is answered here, the reply is written and null returned; otherwise the row of
    /// the subcommand and the names of the masters whose monitors answer with <see cref="MasterCommands"/>.
    /// </summary>
    public static SentinelRoute? ExecuteOrRoute(ISentinelDirectory directory, SentinelArguments request, ReplyWriter reply)
    {
        if (request.Count < 2)
        {
            reply.Error("ERR wrong number of arguments for 'sentinel' command");
            return null;
        }
        if (SentinelSubcommand.Find(request[1]) is not { } row)
        {
            reply.Error($"ERR unknown subcommand '{request[1]}'. Try SENTINEL HELP.");
            return null;
        }
        if (!row.Accepts(request.Count))
        {
            reply.Error($"ERR wrong number of arguments for 'sentinel|{row.Name}' command");
            return null;
        }
        switch (row.Target)
        {
            case SentinelCommandTarget.Master when directory.Masters.Any(master => master.Name == request[2]):
                return new SentinelRoute(row, [request[2]]);
            case SentinelCommandTarget.Master:
                reply.Error(NoSuchMaster);
                return null;
            case SentinelCommandTarget.MasterByAddress:
                return RouteByAddress(directory, row, request, reply);
            case SentinelCommandTarget.EveryMaster:
                return new SentinelRoute(row, [.. directory.Masters.Select(master => master.Name).Where(name => IsAsked(row, request, name))]);
            default:
                Execute(directory, row, request, reply);
                return null;
        }
    }

    /// <summary>MASTERS means all, INFO-CACHE those it names.</summary>
    private static bool IsAsked(SentinelSubcommand row, SentinelArguments request, string name) =>
        row.Name == "masters" || request.From(2).Contains(name);

    private static SentinelRoute? RouteByAddress(
        ISentinelDirectory directory, SentinelSubcommand row, SentinelArguments request, ReplyWriter reply)
    {
        if (!request.TryNumber(3, out var port) || !request.TryNumber(4, out _))
        {
            reply.Error("ERR value is not an integer or out of range");
            return null;
        }
        var master = directory.Masters.FirstOrDefault(known => known.Address.Host == request[2] && known.Address.Port == port);
        if (master is not null)
            return new SentinelRoute(row, [master.Name]);
        MasterCommands.WriteOpinion(reply, isDown: false, "*", 0);
        return null;
    }

    private static void Execute(ISentinelDirectory directory, SentinelSubcommand row, SentinelArguments request, ReplyWriter reply)
    {
        switch (row.Name)
        {
            case "myid":
                reply.Bulk(directory.MyId);
                break;
            case "get-master-addr-by-name":
                WriteAddress(directory, request[2], reply);
                break;
            case "monitor":
                Monitor(directory, request, reply);
                break;
            case "remove":
                Remove(directory, request[2], reply);
                break;
            case "reset":
                Reset(directory, request[2], reply);
                break;
            case "pending-scripts":
                // No script is ever run, so none is waiting.
                reply.Array(0);
                break;
            case "flushconfig":
                if (directory.Flush() is { } problem)
                    reply.Error($"ERR Failed to save config file: {problem}");
                else
                    reply.Ok();
                break;
            case "simulate-failure":
                SimulateFailure(directory, request, reply);
                break;
            case "config":
                SentinelSettingsCommands.Config(directory, request, reply);
                break;
            case "debug":
                SentinelSettingsCommands.Debug(directory, request, reply);
                break;
            case "help":
                SentinelHelp.Write(reply);
                break;
            default:
                throw new InvalidOperationException($"SENTINEL {row.Name} has no handler.");
        }
    }

    private static void WriteAddress(ISentinelDirectory directory, string name, ReplyWriter reply)
    {
        if (directory.Masters.FirstOrDefault(known => known.Name == name) is not { } master)
        {
            reply.NullArray();
            return;
        }
        reply.Array(2);
        reply.Bulk(master.Address.Host);
        reply.BulkInteger(master.Address.Port);
    }

    private static void Monitor(ISentinelDirectory directory, SentinelArguments request, ReplyWriter reply)
    {
        if (!request.TryNumber(5, out var quorum))
            reply.Error("ERR Invalid quorum");
        else if (!request.TryNumber(4, out var port))
            reply.Error("ERR Invalid port");
        else if (quorum <= 0)
            reply.Error("ERR Quorum must be 1 or greater.");
        else if (!directory.CanResolve(request[3]))
            reply.Error("ERR Invalid IP address or hostname specified");
        else if (directory.Masters.Any(master => master.Name == request[2]))
            reply.Error("ERR Duplicate master name.");
        else if (port is <= 0 or > 65535)
            reply.Error("ERR Invalid port number.");
        else
        {
            directory.Watch(new MasterSettings
            {
                Name = request[2],
                Address = new InstanceAddress(request[3], (int)port),
                Quorum = (int)Math.Min(quorum, int.MaxValue),
                DownAfterMs = directory.Timings.DefaultDownAfterMs,
                FailoverTimeoutMs = directory.Timings.DefaultFailoverTimeoutMs,
            });
            reply.Ok();
        }
    }

    private static void Remove(ISentinelDirectory directory, string name, ReplyWriter reply)
    {
        if (!directory.Masters.Any(master => master.Name == name))
        {
            reply.Error(NoSuchMaster);
            return;
        }
        directory.Unwatch(name);
        reply.Ok();
    }

    private static void Reset(ISentinelDirectory directory, string pattern, ReplyWriter reply)
    {
        var names = directory.Masters.Select(master => master.Name).Where(name => NamePattern.Matches(pattern, name)).ToList();
        foreach (var name in names)
            directory.Reset(name);
        reply.Integer(names.Count);
    }

    private static void SimulateFailure(ISentinelDirectory directory, SentinelArguments request, ReplyWriter reply)
    {
        var flags = 0;
        foreach (var word in request.From(2))
        {
            switch (word.ToLowerInvariant())
            {
                case "crash-after-election":
                    flags |= 1;
                    break;
                case "crash-after-promotion":
                    flags |= 2;
                    break;
                case "help":
                    reply.Array(2);
                    reply.Bulk("crash-after-election");
                    reply.Bulk("crash-after-promotion");
                    return;
                default:
                    reply.Error("ERR Unknown failure simulation specified");
                    return;
            }
        }
        directory.SimulateFailures(flags);
        reply.Ok();
    }
}
