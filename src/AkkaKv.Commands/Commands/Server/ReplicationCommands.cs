using System.Text;
using AkkaKv.Commands.Commands.Connection;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>ROLE, REPLICAOF, WAIT, and the hand-over of PSYNC, SYNC and REPLCONF to the replication side.</summary>
internal static class ReplicationCommands
{
    public static void Role(CommandContext context)
    {
        ReplicationFacts facts = context.Engine.Replication.GetFacts();
        ReplyWriter reply = context.Reply;
        if (facts.Master is { } master)
        {
            reply.Array(5);
            reply.Bulk("slave"u8);
            reply.Bulk(master.Host);
            reply.Integer(master.Port);
            reply.Bulk(master.State);
            reply.Integer(master.State == "connected" ? facts.Offset : -1);
            return;
        }

        ReplicaFacts[] online = [.. facts.Replicas.Where(replica => replica.State == "online")];
        reply.Array(3);
        reply.Bulk("master"u8);
        reply.Integer(facts.Offset);
        reply.Array(online.Length);
        foreach (ReplicaFacts replica in online)
        {
            reply.Array(3);
            reply.Bulk(replica.Host);
            reply.BulkInteger(replica.Port);
            reply.BulkInteger(replica.Offset);
        }
    }

    public static void ReplicaOf(CommandContext context)
    {
        IReplicationControl replication = context.Engine.Replication;
        string? error;
        if (context.IsWord(1, "NO"u8) && context.IsWord(2, "ONE"u8))
        {
            error = replication.ReplicaOf(null, 0);
        }
        else
        {
            if (!DecimalNumber.TryParse(context.Args[2], out long port) || port is < 0 or > 65535)
            {
                context.Reply.Error("ERR Invalid master port"u8);
                return;
            }

            string host = Encoding.UTF8.GetString(context.Args[1]);
            if (replication.GetFacts().Master is { } master && master.Port == port && master.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
            {
                context.Reply.SimpleString("OK Already connected to specified master"u8);
                return;
            }

            error = replication.ReplicaOf(host, (int)port);
        }

        Answer(context, error);
    }

    public static void Synchronize(CommandContext context) => context.Engine.Replication.BeginSync(context.Session, context.Args);

    public static void Configure(CommandContext context) => context.Engine.Replication.ReplicaConfiguration(context.Session, context.Args);

    public static void Wait(CommandContext context)
    {
        IReplicationControl replication = context.Engine.Replication;
        if (replication.IsReplica)
        {
            context.Reply.Error("ERR WAIT cannot be used with replica instances."u8);
            return;
        }

        if (!context.TryReadInteger(1, out long replicas) || !ClientWaitingCommands.TryReadTimeout(context, 2, out long timeoutMs))
        {
            return;
        }

        ClientSession session = context.Session;
        int acknowledged = replication.CountReplicasAt(session.WriteOffset);
        if (acknowledged >= replicas || !context.MayWait)
        {
            context.Reply.Integer(acknowledged);
            return;
        }

        long deadlineMs = timeoutMs == 0 || timeoutMs > long.MaxValue - context.NowMs ? long.MaxValue : context.NowMs + timeoutMs;
        context.Engine.Block(session, new BlockedForReplicas((int)Math.Min(replicas, int.MaxValue), session.WriteOffset) { DeadlineMs = deadlineMs });
        replication.RequestAcknowledgements();
    }

    private static void Answer(CommandContext context, string? error)
    {
        if (error is null)
        {
            context.Reply.Ok();
        }
        else
        {
            context.Reply.Error(error);
        }
    }
}
