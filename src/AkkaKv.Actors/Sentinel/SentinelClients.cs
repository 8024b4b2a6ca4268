using System.Globalization;
using Akka.Actor;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// The clients of the sentinel's RESP port and what each of them waits for. Requests of one client are answered in order: while a monitor works at one,
/// the next ones wait.
/// </summary>
/// <param name="masters">Who is watched.</param>
/// <param name="facts">What INFO says about the process.</param>
/// <param name="shutdown">What SHUTDOWN does.</param>
/// <param name="password">What clients must know; empty for nothing.</param>
internal sealed class SentinelClients(
    SentinelMasters masters, Func<SentinelClients, SentinelFacts> facts, Action shutdown, string password)
{
    private readonly Dictionary<SentinelClientConnection, Client> _clients = [];
    private readonly Dictionary<long, Ticket> _tickets = [];
    private long _lastTicket;

    /// <summary>How many are connected.</summary>
    public int Count => _clients.Count;

    /// <summary>How many listen to events.</summary>
    public int ListenerCount => _clients.Values.Count(client => client.Session.IsSubscribed);

    /// <summary>How many have been connected so far.</summary>
    public long ConnectionsReceived { get; private set; }

    /// <summary>How many requests have come so far.</summary>
    public long RequestsReceived { get; private set; }

    /// <summary>A client has connected.</summary>
    public void Add(SentinelClientConnection connection)
    {
        var session = new SentinelSession(
            ++ConnectionsReceived,
            connection.RemoteEndPoint.ToString(),
            connection.LocalEndPoint.ToString(),
            SentinelClock.NowMs,
            password,
            new OutputBuffer());
        _clients.Add(connection, new Client(connection, session));
        connection.StartReceiving();
    }

    /// <summary>A client has gone.</summary>
    public void Remove(SentinelClientConnection connection) => _clients.Remove(connection);

    /// <summary>Ends all connections.</summary>
    public void Close()
    {
        foreach (var connection in _clients.Keys)
            connection.Close();
    }

    /// <summary>Requests arrived; executes those that need nobody else.</summary>
    public void OnRequests(RequestsArrived arrived)
    {
        if (!_clients.TryGetValue(arrived.Connection, out var client))
            return;
        foreach (var request in arrived.Requests)
            client.Waiting.Enqueue(request);
        client.ProtocolError = arrived.ProtocolError;
        Continue(client);
    }

    /// <summary>A monitor answered.</summary>
    public void OnAnswer(CommandAnswered answer)
    {
        if (!_tickets.TryGetValue(answer.Ticket, out var ticket))
            return;
        ticket.Answers[answer.MasterName] = answer.Reply;
        CloseIfComplete(answer.Ticket, ticket);
    }

    /// <summary>A monitor has gone and will not answer.</summary>
    public void OnMonitorGone(string masterName)
    {
        foreach (var (number, ticket) in _tickets.Where(open => open.Value.Route.MasterNames.Contains(masterName)).ToList())
        {
            ticket.Answers.TryAdd(masterName, "-ERR No such master with that name\r\n"u8.ToArray());
            CloseIfComplete(number, ticket);
        }
    }

    /// <summary>An event happened: to all who listen.</summary>
    public void Publish(string channel, string message)
    {
        foreach (var client in _clients.Values.ToList())
        {
            if (client.Session.Publish(channel, message))
                client.Connection.SendOrGiveUp(client.Session.Reply.Output);
        }
    }

    private void Continue(Client client)
    {
        while (!client.IsAwaiting && client.Waiting.TryDequeue(out var request))
        {
            RequestsReceived++;
            var result = request.Count == 0 ? SessionResult.Replied : client.Session.Execute(request, SentinelClock.NowMs);
            if (result == SessionResult.Forward)
            {
                Forward(client, request);
            }
            else if (result == SessionResult.Close)
            {
                client.Connection.SendOrGiveUp(client.Session.Reply.Output);
                client.Connection.CloseWhenSent();
                return;
            }
        }
        if (client.IsAwaiting)
        {
            client.Connection.SendOrGiveUp(client.Session.Reply.Output);
            return;
        }
        if (client.ProtocolError is { } problem)
        {
            client.Session.Reply.Error(problem);
            client.Connection.SendOrGiveUp(client.Session.Reply.Output);
            client.Connection.CloseWhenSent();
            return;
        }
        client.Connection.SendOrGiveUp(client.Session.Reply.Output);
        client.Connection.ReadOn();
    }

    private void Forward(Client client, SentinelArguments request)
    {
        var reply = client.Session.Reply;
        switch (request[0].ToLowerInvariant())
        {
            case "info":
                reply.Bulk(SentinelInfo.Write(request.From(1), facts(this), masters.Masters));
                break;
            case "role":
                reply.Array(2);
                reply.Bulk("sentinel");
                var names = masters.Masters;
                reply.Array(names.Count);
                foreach (var master in names)
                    reply.Bulk(master.Name);
                break;
            case "shutdown":
                shutdown();
                break;
            case "client" when request.Is(1, "list"):
                reply.Bulk(string.Concat(_clients.Values
                    .OrderBy(listed => listed.Session.Id)
                    .Select(listed => listed.Session.Describe(SentinelClock.NowMs) + "\n")));
                break;
            case "client":
                Kill(client, request);
                break;
            default:
                Route(client, request);
                break;
        }
    }

    private void Route(Client client, SentinelArguments request)
    {
        if (SentinelCommands.ExecuteOrRoute(masters, request, client.Session.Reply) is not { } route)
            return;
        if (route.MasterNames.Count == 0)
        {
            client.Session.Reply.Array(0);
            return;
        }
        var number = ++_lastTicket;
        client.IsAwaiting = true;
        _tickets.Add(number, new Ticket(client, route));
        foreach (var name in route.MasterNames)
            masters.Find(name)!.Tell(new ExecuteCommand(number, request, client.Session.Reply.RespVersion));
    }

    private void CloseIfComplete(long number, Ticket ticket)
    {
        if (ticket.Answers.Count < ticket.Route.MasterNames.Count)
            return;
        _tickets.Remove(number);
        var client = ticket.Client;
        client.IsAwaiting = false;
        if (!_clients.ContainsKey(client.Connection))
            return;
        if (ticket.Route.IsJoined)
            client.Session.Reply.Array(ticket.Route.ArrayLength);
        foreach (var name in ticket.Route.MasterNames)
            client.Session.Reply.Literal(ticket.Answers[name]);
        Continue(client);
    }

    /// <summary>CLIENT KILL address, or CLIENT KILL with the filters ID, ADDR, LADDR and SKIPME.</summary>
    private void Kill(Client killer, SentinelArguments request)
    {
        var reply = killer.Session.Reply;
        if (request.Count == 3)
        {
            var victim = _clients.Values.FirstOrDefault(client => client.Session.Address == request[2]);
            if (victim is null)
            {
                reply.Error("ERR No such client");
                return;
            }
            reply.Ok();
            End(victim, killer);
            return;
        }
        var isMatch = new List<Func<SentinelSession, bool>>();
        var skipsMe = true;
        for (var index = 2; index + 1 < request.Count; index += 2)
        {
            var value = request[index + 1];
            switch (request[index].ToLowerInvariant())
            {
                case "id" when long.TryParse(value, CultureInfo.InvariantCulture, out var id):
                    isMatch.Add(session => session.Id == id);
                    break;
                case "addr":
                    isMatch.Add(session => session.Address == value);
                    break;
                case "laddr":
                    isMatch.Add(session => session.LocalAddress == value);
                    break;
                case "skipme" when value is "yes" or "no":
                    skipsMe = value == "yes";
                    break;
                default:
                    reply.Error("ERR syntax error");
                    return;
            }
        }
        if (request.Count % 2 != 0 || isMatch.Count == 0)
        {
            reply.Error("ERR syntax error");
            return;
        }
        var victims = _clients.Values
            .Where(client => isMatch.TrueForAll(matches => matches(client.Session)) && !(skipsMe && client == killer)).ToList();
        reply.Integer(victims.Count);
        foreach (var victim in victims)
            End(victim, killer);
    }

    /// <summary>Whoever ends himself still reads that he did.</summary>
    private static void End(Client victim, Client killer)
    {
        if (victim != killer)
        {
            victim.Connection.Close();
            return;
        }
        killer.Connection.SendOrGiveUp(killer.Session.Reply.Output);
        killer.Connection.CloseWhenSent();
    }

    private sealed class Client(SentinelClientConnection connection, SentinelSession session)
    {
        public SentinelClientConnection Connection { get; } = connection;

        public SentinelSession Session { get; } = session;

        public Queue<SentinelArguments> Waiting { get; } = new();

        public string? ProtocolError { get; set; }

        public bool IsAwaiting { get; set; }
    }

    private sealed record Ticket(Client Client, SentinelRoute Route)
    {
        public Dictionary<string, byte[]> Answers { get; } = new(StringComparer.Ordinal);
    }
}
