using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Router;

/// <summary>What the router has to know about a request to carry a client's session over to another master.</summary>
internal enum RequestKind
{
    /// <summary>One reply, no effect on the session.</summary>
    Ordinary,
    Auth,
    Hello,
    Select,
    SetName,
    Multi,
    /// <summary>EXEC or DISCARD: the transaction and its watches end.</summary>
    EndTransaction,
    Watch,
    Unwatch,
    Subscribe,
    Unsubscribe,
    PatternSubscribe,
    PatternUnsubscribe,
    /// <summary>Everything that follows is a stream that the router cannot match to requests (MONITOR, replication).</summary>
    Stream,
    Reset,
    Quit,
    /// <summary>CLIENT REPLY: would break the matching of replies to requests.</summary>
    ClientReply,
}

/// <summary>Sorts requests by their name. Called for every request that passes, so it looks at the length first.</summary>
internal static class RequestKinds
{
    /// <summary>The kind of <paramref name="request"/>; unknown commands are <see cref="RequestKind.Ordinary"/>.</summary>
    public static RequestKind Of(in Arguments request)
    {
        var name = request[0];
        return name.Length switch
        {
            4 => Is(name, "AUTH"u8) ? RequestKind.Auth
                : Is(name, "EXEC"u8) ? RequestKind.EndTransaction
                : Is(name, "QUIT"u8) ? RequestKind.Quit
                : Is(name, "SYNC"u8) ? RequestKind.Stream
                : RequestKind.Ordinary,
            5 => Is(name, "HELLO"u8) ? RequestKind.Hello
                : Is(name, "MULTI"u8) ? RequestKind.Multi
                : Is(name, "WATCH"u8) ? RequestKind.Watch
                : Is(name, "RESET"u8) ? RequestKind.Reset
                : Is(name, "PSYNC"u8) ? RequestKind.Stream
                : RequestKind.Ordinary,
            6 => Is(name, "SELECT"u8) ? RequestKind.Select
                : Is(name, "CLIENT"u8) ? OfClient(request)
                : RequestKind.Ordinary,
            7 => Is(name, "DISCARD"u8) ? RequestKind.EndTransaction
                : Is(name, "UNWATCH"u8) ? RequestKind.Unwatch
                : Is(name, "MONITOR"u8) ? RequestKind.Stream
                : RequestKind.Ordinary,
            9 => Is(name, "SUBSCRIBE"u8) ? RequestKind.Subscribe : RequestKind.Ordinary,
            10 => Is(name, "PSUBSCRIBE"u8) ? RequestKind.PatternSubscribe : RequestKind.Ordinary,
            11 => Is(name, "UNSUBSCRIBE"u8) ? RequestKind.Unsubscribe : RequestKind.Ordinary,
            12 => Is(name, "PUNSUBSCRIBE"u8) ? RequestKind.PatternUnsubscribe : RequestKind.Ordinary,
            _ => RequestKind.Ordinary,
        };
    }

    private static RequestKind OfClient(in Arguments request) =>
        request.Count < 2 ? RequestKind.Ordinary
        : Is(request[1], "SETNAME"u8) ? RequestKind.SetName
        : Is(request[1], "REPLY"u8) ? RequestKind.ClientReply
        : RequestKind.Ordinary;

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> upper) => Ascii.EqualsIgnoreCase(name, upper);
}
