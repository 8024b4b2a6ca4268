using System.Globalization;
using System.Text;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>A connection as CLIENT LIST and CLIENT INFO show it: <c>name=value</c> pairs in Redis's order.</summary>
internal static class ClientDescription
{
    public static void Append(StringBuilder text, ClientSession session, long nowMs)
    {
        ConnectionBuffers buffers = session.Host.Buffers;
        long replyBytes = session.Output.Length;
        long queuedBytes = session.Transaction?.QueuedBytes ?? 0;
        text.Append(
            CultureInfo.InvariantCulture,
            $"id={session.Id} addr={session.Address} laddr={session.LocalAddress} fd=-1 name={session.Name}"
            + $" age={Seconds(nowMs - session.CreatedAtMs)} idle={Seconds(nowMs - session.LastInteractionMs)} flags={Flags(session)} db={session.DatabaseIndex}"
            + $" sub={session.Subscriptions?.ChannelCount ?? 0} psub={session.Subscriptions?.PatternCount ?? 0} ssub={session.Subscriptions?.ShardChannelCount ?? 0}"
            + $" multi={session.Transaction?.Commands.Count ?? -1} qbuf={buffers.Received} qbuf-free={buffers.ReceiveFree} argv-mem=0 multi-mem={queuedBytes}"
            + $" rbs={session.Output.Capacity} rbp={session.Output.Capacity} obl={replyBytes} oll=0 omem={buffers.Unsent} tot-mem={ClientMemory.Of(session)}"
            + $" events=r cmd={session.LastCommand?.FullName ?? "NULL"} user={session.User} redir={session.Tracking?.RedirectTo ?? -1} resp={session.Reply.RespVersion}"
            + $" lib-name={session.LibraryName} lib-ver={session.LibraryVersion}");
    }

    private static long Seconds(long milliseconds) => Math.Max(0, milliseconds) / 1000;

    private static string Flags(ClientSession session)
    {
        var flags = new StringBuilder();
        _ = session.Kind switch
        {
            SessionKind.Replica => flags.Append('S'),
            SessionKind.Master => flags.Append('M'),
            _ => flags,
        };
        AppendIf(flags, session.IsMonitor, 'O');
        AppendIf(flags, session.IsSubscribed, 'P');
        AppendIf(flags, session.Transaction is not null, 'x');
        AppendIf(flags, session.Blocked is not null, 'b');
        AppendIf(flags, session.Tracking is not null, 't');
        AppendIf(flags, session.Tracking is { IsRedirectBroken: true }, 'R');
        AppendIf(flags, session.Tracking is { IsBroadcast: true }, 'B');
        AppendIf(flags, session.Watched.IsDirty, 'd');
        AppendIf(flags, session.IsClosing, 'c');
        AppendIf(flags, session.IsNoEvict, 'e');
        AppendIf(flags, session.IsNoTouch, 'T');
        return flags.Length == 0 ? "N" : flags.ToString();
    }

    private static void AppendIf(StringBuilder flags, bool condition, char flag)
    {
        if (condition)
        {
            flags.Append(flag);
        }
    }
}
