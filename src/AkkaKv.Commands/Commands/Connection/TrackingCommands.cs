using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Tracking;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>CLIENT TRACKING, CACHING, TRACKINGINFO and GETREDIR: client-side caching. The errors are those of Redis 7.0's clientCommand.</summary>
internal static class TrackingCommands
{
    /// <summary>CLIENT TRACKING ON|OFF [REDIRECT id] [PREFIX prefix …] [BCAST] [OPTIN] [OPTOUT] [NOLOOP].</summary>
    public static void Tracking(CommandContext context)
    {
        if (!TryReadOptions(context, out Options options))
        {
            return;
        }

        if (context.IsWord(2, "OFF"u8))
        {
            context.Engine.Tracking.Disable(context.Session);
            context.Reply.Ok();
            return;
        }

        string? error = context.IsWord(2, "ON"u8) ? Check(context.Session.Tracking, options) : null;
        if (error is not null || !context.IsWord(2, "ON"u8))
        {
            context.Reply.Error(error ?? Encoding.ASCII.GetString(ErrorText.Syntax));
            return;
        }

        if (options.Broadcast && options.Prefixes.Count == 0)
        {
            options.Prefixes.Add([]);
        }

        context.Engine.Tracking.Enable(context.Session, new SessionTracking
        {
            IsBroadcast = options.Broadcast,
            IsNoLoop = options.NoLoop,
            RedirectTo = options.Redirect,
            Selection = options.OptIn ? TrackingSelection.OptIn : options.OptOut ? TrackingSelection.OptOut : TrackingSelection.Everything,
            Prefixes = options.Prefixes,
        });
        context.Reply.Ok();
    }

    /// <summary>CLIENT CACHING YES|NO: whether the keys of the next command are tracked.</summary>
    public static void Caching(CommandContext context)
    {
        SessionTracking? tracking = context.Session.Tracking;
        if (tracking is null)
        {
            context.Reply.Error("ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled"u8);
            return;
        }

        bool yes = context.IsWord(2, "YES"u8);
        if (!yes && !context.IsWord(2, "NO"u8))
        {
            context.Reply.Error(ErrorText.Syntax);
        }
        else if (tracking.Selection != (yes ? TrackingSelection.OptIn : TrackingSelection.OptOut))
        {
            context.Reply.Error(
                yes
                    ? "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode."u8
                    : "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode."u8);
        }
        else
        {
            tracking.IsCachingGiven = true;
            context.Reply.Ok();
        }
    }

    /// <summary>CLIENT GETREDIR: the connection that the messages go to, 0 for this one, -1 without tracking.</summary>
    public static void GetRedirection(CommandContext context) => context.Reply.Integer(context.Session.Tracking?.RedirectTo ?? -1);

    /// <summary>CLIENT TRACKINGINFO.</summary>
    public static void TrackingInfo(CommandContext context)
    {
        SessionTracking? tracking = context.Session.Tracking;
        ReplyWriter reply = context.Reply;
        reply.Map(3);
        reply.Bulk("flags"u8);
        List<string> flags = FlagsOf(tracking);
        reply.Set(flags.Count);
        foreach (string flag in flags)
        {
            reply.Bulk(flag);
        }

        reply.Bulk("redirect"u8);
        reply.Integer(tracking?.RedirectTo ?? -1);
        reply.Bulk("prefixes"u8);
        reply.Array(tracking?.Prefixes.Count ?? 0);
        foreach (byte[] prefix in tracking?.Prefixes ?? [])
        {
            reply.Bulk(prefix);
        }
    }

    private static List<string> FlagsOf(SessionTracking? tracking)
    {
        if (tracking is null)
        {
            return ["off"];
        }

        var flags = new List<string> { "on" };
        if (tracking.IsBroadcast)
        {
            flags.Add("bcast");
        }

        if (tracking.Selection != TrackingSelection.Everything)
        {
            bool optIn = tracking.Selection == TrackingSelection.OptIn;
            flags.Add(optIn ? "optin" : "optout");
            if (tracking.IsCachingGiven)
            {
                flags.Add(optIn ? "caching-yes" : "caching-no");
            }
        }

        if (tracking.IsNoLoop)
        {
            flags.Add("noloop");
        }

        if (tracking.IsRedirectBroken)
        {
            flags.Add("broken_redirect");
        }

        return flags;
    }

    private static bool TryReadOptions(CommandContext context, out Options options)
    {
        options = new Options();
        for (int i = 3; i < context.Args.Count; i++)
        {
            bool hasMore = i + 1 < context.Args.Count;
            if (context.IsWord(i, "REDIRECT"u8) && hasMore)
            {
                if (!TryReadRedirection(context, ++i, options))
                {
                    return false;
                }
            }
            else if (context.IsWord(i, "BCAST"u8))
            {
                options.Broadcast = true;
            }
            else if (context.IsWord(i, "OPTIN"u8))
            {
                options.OptIn = true;
            }
            else if (context.IsWord(i, "OPTOUT"u8))
            {
                options.OptOut = true;
            }
            else if (context.IsWord(i, "NOLOOP"u8))
            {
                options.NoLoop = true;
            }
            else if (context.IsWord(i, "PREFIX"u8) && hasMore)
            {
                options.Prefixes.Add(context.Args[++i].ToArray());
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }

    private static bool TryReadRedirection(CommandContext context, int index, Options options)
    {
        if (options.Redirect != 0)
        {
            context.Reply.Error("ERR A client can only redirect to a single other client"u8);
            return false;
        }

        if (!context.TryReadInteger(index, out long id))
        {
            return false;
        }

        if (context.Engine.Sessions.Find(id) is null)
        {
            context.Reply.Error("ERR The client ID you want redirect to does not exist"u8);
            return false;
        }

        options.Redirect = id;
        return true;
    }

    private static string? Check(SessionTracking? current, Options options)
    {
        if (!options.Broadcast && options.Prefixes.Count > 0)
        {
            return "ERR PREFIX option requires BCAST mode to be enabled";
        }

        if (current is not null && current.IsBroadcast != options.Broadcast)
        {
            return "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.";
        }

        if (options.Broadcast && (options.OptIn || options.OptOut))
        {
            return "ERR OPTIN and OPTOUT are not compatible with BCAST";
        }

        if (options.OptIn && options.OptOut)
        {
            return "ERR You can't specify both OPTIN mode and OPTOUT mode";
        }

        if ((options.OptIn && current?.Selection == TrackingSelection.OptOut) || (options.OptOut && current?.Selection == TrackingSelection.OptIn))
        {
            return "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode.";
        }

        return options.Broadcast ? CheckPrefixes(current?.Prefixes ?? [], options.Prefixes) : null;
    }

    private static string? CheckPrefixes(List<byte[]> current, List<byte[]> added)
    {
        for (int i = 0; i < added.Count; i++)
        {
            if (current.Find(prefix => Overlap(prefix, added[i])) is { } existing)
            {
                return $"ERR Prefix '{Text(added[i])}' overlaps with an existing prefix '{Text(existing)}'. Prefixes for a single client must not overlap.";
            }

            for (int j = i + 1; j < added.Count; j++)
            {
                if (Overlap(added[i], added[j]))
                {
                    return $"ERR Prefix '{Text(added[i])}' overlaps with another provided prefix '{Text(added[j])}'. Prefixes for a single client must not overlap.";
                }
            }
        }

        return null;
    }

    private static bool Overlap(byte[] a, byte[] b) => a.AsSpan().StartsWith(b) || b.AsSpan().StartsWith(a);

    private static string Text(byte[] prefix) => Encoding.Latin1.GetString(prefix);

    private sealed class Options
    {
        public bool Broadcast { get; set; }

        public bool OptIn { get; set; }

        public bool OptOut { get; set; }

        public bool NoLoop { get; set; }

        public long Redirect { get; set; }

        public List<byte[]> Prefixes { get; } = [];
    }
}
