using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Router;

/// <summary>
/// What a client has told its master about itself, kept so that it can be told to the next one: credentials, protocol version,
/// name, database, subscriptions. The secrets in it are sent to the master only, and never printed.
/// </summary>
internal sealed class SessionMemory
{
    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _patterns = new(StringComparer.Ordinal);
    private OwnedArguments? _auth;
    private OwnedArguments? _hello;
    private OwnedArguments? _name;
    private OwnedArguments? _database;

    /// <summary>The client speaks RESP3, so messages reach it as push types and do not disturb the order of replies.</summary>
    public bool Resp3 { get; private set; }

    /// <summary>The client listens to a channel or a pattern.</summary>
    public bool Subscribed => _channels.Count + _patterns.Count > 0;

    /// <summary>
    /// Takes note of a request as it goes out: what is pipelined behind HELLO or RESET is already answered in the new version.
    /// </summary>
    public void Anticipate(RequestKind kind, in Arguments request)
    {
        if (kind == RequestKind.Reset)
            Resp3 = false;
        else if (kind == RequestKind.Hello && request.Count > 1)
            Resp3 = request[1].SequenceEqual("3"u8);
    }

    /// <summary>Takes note of a request that the master has accepted.</summary>
    public void Remember(RequestKind kind, OwnedArguments request)
    {
        switch (kind)
        {
            case RequestKind.Auth:
                _auth = request;
                break;
            case RequestKind.Hello:
                _hello = request;
                break;
            case RequestKind.SetName:
                _name = request;
                break;
            case RequestKind.Select:
                _database = request;
                break;
            case RequestKind.Reset:
                _auth = _hello = _name = _database = null;
                _channels.Clear();
                _patterns.Clear();
                break;
        }
    }

    /// <summary>Takes note of a change of subscriptions at once: its confirmations come as messages, not as one reply.</summary>
    public void RememberSubscription(RequestKind kind, in Arguments request)
    {
        var set = kind is RequestKind.Subscribe or RequestKind.Unsubscribe ? _channels : _patterns;
        var add = kind is RequestKind.Subscribe or RequestKind.PatternSubscribe;
        if (!add && request.Count == 1)
            set.Clear();
        for (var i = 1; i < request.Count; i++)
        {
            var name = Encoding.Latin1.GetString(request[i]);
            if (add)
                set.Add(name);
            else
                set.Remove(name);
        }
    }

    /// <summary>Writes the requests that make a new connection what the old one was.</summary>
    /// <param name="output">Receives the requests.</param>
    /// <param name="confirmations">How many confirmations the subscriptions among them will be answered with.</param>
    /// <returns>How many replies the other requests will be answered with.</returns>
    public int WriteTo(OutputBuffer output, out int confirmations)
    {
        var replies = 0;
        foreach (var request in (ReadOnlySpan<OwnedArguments?>)[_auth, _hello, _name, _database])
        {
            if (request is null)
                continue;
            RequestWriter.Write(output, request.View);
            replies++;
        }
        confirmations = _channels.Count + _patterns.Count;
        WriteSubscriptions(output, "SUBSCRIBE", _channels);
        WriteSubscriptions(output, "PSUBSCRIBE", _patterns);
        return replies;
    }

    private static void WriteSubscriptions(OutputBuffer output, string command, HashSet<string> names)
    {
        if (names.Count == 0)
            return;
        RequestWriter.WriteHeader(output, names.Count + 1);
        RequestWriter.WriteArgument(output, Encoding.ASCII.GetBytes(command));
        foreach (var name in names)
            RequestWriter.WriteArgument(output, Encoding.Latin1.GetBytes(name));
    }
}
