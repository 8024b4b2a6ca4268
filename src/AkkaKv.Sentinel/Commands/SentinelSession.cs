using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>What is to be done after a request.</summary>
public enum SessionResult
{
    /// <summary>The reply is written.</summary>
    Replied,

    /// <summary>The reply is written; then the connection is closed.</summary>
    Close,

    /// <summary>Not a matter of the connection alone: SENTINEL, INFO, ROLE, SHUTDOWN, CLIENT LIST, CLIENT KILL. Nothing is written yet.</summary>
    Forward,
}

/// <summary>One client of the sentinel's RESP port: its protocol, its name, whether it may talk, what it listens to.</summary>
public sealed class SentinelSession
{
    private readonly string _password;
    private readonly SentinelSubscriptions _subscriptions;
    private bool _isAuthenticated;

    /// <summary>A new connection.</summary>
    /// <param name="id">Its number, shown by CLIENT ID and HELLO.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="localAddress">The address that it connected to.</param>
    /// <param name="connectedAt">Monotonic milliseconds.</param>
    /// <param name="password">The password that clients need; empty for none.</param>
    /// <param name="output">Where replies and events go.</param>
    public SentinelSession(long id, string address, string localAddress, long connectedAt, string password, OutputBuffer output)
    {
        Id = id;
        Address = address;
        LocalAddress = localAddress;
        ConnectedAt = connectedAt;
        LastRequestAt = connectedAt;
        _password = password;
        _isAuthenticated = password.Length == 0;
        Reply = new ReplyWriter(output);
        _subscriptions = new SentinelSubscriptions(Reply);
    }

    /// <summary>The connection's number.</summary>
    public long Id { get; }

    /// <summary>The client's address.</summary>
    public string Address { get; }

    /// <summary>The address that the client connected to.</summary>
    public string LocalAddress { get; }

    /// <summary>Monotonic milliseconds.</summary>
    public long ConnectedAt { get; }

    /// <summary>Monotonic milliseconds.</summary>
    public long LastRequestAt { get; private set; }

    /// <summary>The last command, in COMMAND's form.</summary>
    public string LastCommand { get; private set; } = "NULL";

    /// <summary>The name that the client gave itself; empty for none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where replies and events are written; bound to the connection's output.</summary>
    public ReplyWriter Reply { get; }

    /// <summary>Whether the client listens to events.</summary>
    public bool IsSubscribed => _subscriptions.IsAny;

    /// <summary>Executes what concerns the connection; says what else is to be done.</summary>
    public SessionResult Execute(SentinelArguments request, long now)
    {
        LastRequestAt = now;
        if (SentinelCommandRow.Find(request[0]) is not { } row)
        {
            Reply.Error(UnknownCommand(request));
            return SessionResult.Replied;
        }
        if (!row.Accepts(request.Count))
        {
            Reply.Error($"ERR wrong number of arguments for '{row.Name}' command");
            return SessionResult.Replied;
        }
        LastCommand = row.Name;
        if (!_isAuthenticated && row.Name is not ("auth" or "hello" or "quit"))
        {
            Reply.Error("NOAUTH Authentication required.");
            return SessionResult.Replied;
        }
        // In RESP2 messages and replies could not be told apart, so a listener may only listen.
        if (IsSubscribed && Reply.RespVersion == 2
            && row.Name is not ("subscribe" or "psubscribe" or "unsubscribe" or "punsubscribe" or "ping" or "quit"))
        {
            Reply.Error($"ERR Can't execute '{request[0].ToLowerInvariant()}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET "
                + "are allowed in this context");
            return SessionResult.Replied;
        }
        return Execute(row, request, now);
    }

    /// <summary>An event happened. True when something was written.</summary>
    public bool Publish(string channel, string message) => _subscriptions.Publish(channel, message);

    /// <summary>The line of CLIENT LIST and CLIENT INFO.</summary>
    public string Describe(long now) =>
        $"id={Id} addr={Address} laddr={LocalAddress} fd=0 name={Name} age={(now - ConnectedAt) / 1000} idle={(now - LastRequestAt) / 1000} "
        + $"flags={(IsSubscribed ? "P" : "N")} db=0 sub={_subscriptions.ChannelCount} psub={_subscriptions.PatternCount} ssub=0 multi=-1 "
        + $"cmd={LastCommand} user=default redir=-1 resp={Reply.RespVersion}";

    private SessionResult Execute(SentinelCommandRow row, SentinelArguments request, long now)
    {
        switch (row.Name)
        {
            case "ping":
                Ping(request);
                break;
            case "auth":
                Authenticate(request);
                break;
            case "hello":
                SayHello(request);
                break;
            case "client":
                return ExecuteClient(request, now);
            case "command":
                CommandCommand.Execute(request, Reply);
                break;
            case "subscribe" or "psubscribe":
                _subscriptions.Subscribe(request.From(1), row.Name == "psubscribe");
                break;
            case "unsubscribe" or "punsubscribe":
                _subscriptions.Unsubscribe(request.From(1), row.Name == "punsubscribe");
                break;
            case "publish":
                // Redis's sentinels greet each other this way; ours meet by gossip.
                if (request[1] == "__sentinel__:hello")
                    Reply.Integer(1);
                else
                    Reply.Error("ERR Only HELLO messages are accepted by Sentinel instances.");
                break;
            case "quit":
                Reply.Ok();
                return SessionResult.Close;
            default:
                return SessionResult.Forward;
        }
        return SessionResult.Replied;
    }

    private void Ping(SentinelArguments request)
    {
        if (request.Count > 2)
        {
            Reply.Error("ERR wrong number of arguments for 'ping' command");
        }
        else if (IsSubscribed && Reply.RespVersion == 2)
        {
            Reply.Array(2);
            Reply.Bulk("pong");
            Reply.Bulk(request.Count == 2 ? request[1] : "");
        }
        else if (request.Count == 2)
        {
            Reply.Bulk(request[1]);
        }
        else
        {
            Reply.SimpleString("PONG"u8);
        }
    }

    private void Authenticate(SentinelArguments request)
    {
        if (request.Count > 3)
            Reply.Error("ERR syntax error");
        else if (request.Count == 2 && _password.Length == 0)
            Reply.Error("ERR AUTH <password> called without any password configured for the default user. "
                + "Are you sure your configuration is correct?");
        else if (TryLogin(request.Count == 3 ? request[1] : "default", request[^1]))
            Reply.Ok();
        else
            Reply.Error("WRONGPASS invalid username-password pair or user is disabled.");
    }

    private bool TryLogin(string user, string password)
    {
        if (user != "default")
            return false;
        // Without a password the default user accepts any, as Redis's "nopass" does; the comparison takes the same time wherever they differ.
        if (_password.Length > 0 && !System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(_password)))
        {
            return false;
        }
        _isAuthenticated = true;
        return true;
    }

    /// <summary>HELLO [version [AUTH user password] [SETNAME name]]; nothing changes unless all of it is right.</summary>
    private void SayHello(SentinelArguments request)
    {
        var version = Reply.RespVersion;
        if (request.Count > 1)
        {
            if (!request.TryNumber(1, out var asked))
            {
                Reply.Error("ERR Protocol version is not an integer or out of range");
                return;
            }
            if (asked is not (2 or 3))
            {
                Reply.Error("NOPROTO unsupported protocol version");
                return;
            }
            version = (int)asked;
        }
        string? name = null;
        for (var index = 2; index < request.Count;)
        {
            if (request.Is(index, "auth") && index + 2 < request.Count)
            {
                if (!TryLogin(request[index + 1], request[index + 2]))
                {
                    Reply.Error("WRONGPASS invalid username-password pair or user is disabled.");
                    return;
                }
                index += 3;
            }
            else if (request.Is(index, "setname") && index + 1 < request.Count)
            {
                name = request[index + 1];
                index += 2;
            }
            else
            {
                Reply.Error($"ERR Syntax error in HELLO option '{request[index]}'");
                return;
            }
        }
        if (!_isAuthenticated)
        {
            Reply.Error("NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> "
                + "option can be used to authenticate the client and select the RESP protocol version at the same time");
            return;
        }
        if (name is not null && !TrySetName(name))
            return;
        Reply.RespVersion = version;
        Reply.Map(6);
        Reply.Bulk("server");
        Reply.Bulk("redis");
        Reply.Bulk("version");
        Reply.Bulk(SentinelInfo.RedisVersion);
        Reply.Bulk("proto");
        Reply.Integer(version);
        Reply.Bulk("id");
        Reply.Integer(Id);
        Reply.Bulk("mode");
        Reply.Bulk("sentinel");
        Reply.Bulk("modules");
        Reply.Array(0);
    }

    private SessionResult ExecuteClient(SentinelArguments request, long now)
    {
        switch (request[1].ToLowerInvariant())
        {
            case "id" when request.Count == 2:
                Reply.Integer(Id);
                break;
            case "getname" when request.Count == 2:
                if (Name.Length > 0)
                    Reply.Bulk(Name);
                else
                    Reply.NullBulk();
                break;
            case "setname" when request.Count == 3:
                if (TrySetName(request[2]))
                    Reply.Ok();
                break;
            case "setinfo" when request.Count == 4:
                // Redis 7.2's; current client libraries send it to everybody, and nothing here shows it.
                Reply.Ok();
                break;
            case "info" when request.Count == 2:
                Reply.Bulk(Describe(now) + "\n");
                break;
            case "no-evict" when request.Count == 3:
                // A sentinel evicts nobody.
                Reply.Ok();
                break;
            case "list" or "kill":
                return SessionResult.Forward;
            case "id" or "getname" or "setname" or "setinfo" or "info" or "no-evict":
                Reply.Error($"ERR wrong number of arguments for 'client|{request[1].ToLowerInvariant()}' command");
                break;
            default:
                Reply.Error($"ERR unknown subcommand '{request[1]}'. Try CLIENT HELP.");
                break;
        }
        return SessionResult.Replied;
    }

    private bool TrySetName(string name)
    {
        if (name.Any(character => character is < '!' or > '~'))
        {
            Reply.Error("ERR Client names cannot contain spaces, newlines or special characters.");
            return false;
        }
        Name = name;
        return true;
    }

    /// <summary>Redis's words, with as much of the arguments as it shows.</summary>
    private static string UnknownCommand(SentinelArguments request)
    {
        const int ShownMax = 128;
        var arguments = new StringBuilder();
        foreach (var argument in request.From(1))
        {
            if (arguments.Length >= ShownMax)
                break;
            var room = ShownMax - arguments.Length;
            arguments.Append('\'').Append(argument.Length > room ? argument[..room] : argument).Append("' ");
        }
        var name = request[0].Length > ShownMax ? request[0][..ShownMax] : request[0];
        return $"ERR unknown command '{name}', with args beginning with: {arguments}";
    }
}
