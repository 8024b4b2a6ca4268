using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Tracking;

/// <summary>
/// The messages of client-side caching: pushes where RESP3 is spoken; where it is not, messages of the channel <c>__redis__:invalidate</c> to the connection that
/// they are redirected to, if that listens.
/// </summary>
internal static class TrackingMessages
{
    /// <summary>The channel of connections that speak RESP2.</summary>
    public static ReadOnlySpan<byte> Channel => "__redis__:invalidate"u8;

    /// <summary>Tells <paramref name="session"/>, or whom it redirects to, that keys are out of date; null: all are.</summary>
    public static void Send(SessionRegistry sessions, ClientSession session, IReadOnlyList<byte[]>? keys)
    {
        if (session.Tracking is not { } tracking)
        {
            return;
        }

        ClientSession target = session;
        if (tracking.RedirectTo != 0)
        {
            if (sessions.Find(tracking.RedirectTo) is not { } redirected)
            {
                TellBroken(session, tracking);
                return;
            }

            target = redirected;
        }

        bool isPush = target.Reply.RespVersion > 2;
        if (target.IsClosing || (!isPush && (target == session || !target.IsSubscribed)))
        {
            return;
        }

        Write(target, reply =>
        {
            if (isPush)
            {
                reply.Push(2);
                reply.Bulk("invalidate"u8);
            }
            else
            {
                reply.Array(3);
                reply.Bulk("message"u8);
                reply.Bulk(Channel);
            }

            if (keys is null)
            {
                reply.NullBulk();
                return;
            }

            reply.Array(keys.Count);
            foreach (byte[] key in keys)
            {
                reply.Bulk(key);
            }
        });
    }

    private static void TellBroken(ClientSession session, SessionTracking tracking)
    {
        tracking.IsRedirectBroken = true;
        if (session.Reply.RespVersion > 2 && !session.IsClosing)
        {
            Write(session, reply =>
            {
                reply.Push(2);
                reply.Bulk("tracking-redir-broken"u8);
                reply.Integer(tracking.RedirectTo);
            });
        }
    }

    private static void Write(ClientSession target, Action<ReplyWriter> write)
    {
        // CLIENT REPLY OFF concerns replies, not messages.
        bool muted = target.Reply.Muted;
        target.Reply.Muted = false;
        write(target.Reply);
        target.Reply.Muted = muted;
        target.Host.OutputReady();
    }
}
