using AkkaKv.Sentinel;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>One connection of a sentinel, with its transaction.</summary>
internal sealed class InstanceSession
{
    private readonly DataNode _node;
    private readonly Endpoint _endpoint;
    private List<IReadOnlyList<string>>? _queued;

    public InstanceSession(DataNode node, Endpoint endpoint)
    {
        (_node, _endpoint) = (node, endpoint);
        endpoint.Received = payload => Receive(((InstanceRequest)payload).Words);
        endpoint.Closed = _ => node.Remove(endpoint);
    }

    private void Receive(IReadOnlyList<string> words)
    {
        switch (words[0])
        {
            case "MULTI":
                _queued = [];
                Reply(ReplyKind.Status, "OK");
                break;
            case "EXEC":
                foreach (var command in _queued ?? [])
                    Execute(command);
                _queued = null;
                Reply(ReplyKind.Other, "");
                break;
            case not null when _queued is not null:
                _queued.Add(words);
                Reply(ReplyKind.Status, "QUEUED");
                break;
            default:
                var (kind, text) = Execute(words);
                Reply(kind, text);
                break;
        }
    }

    private (ReplyKind Kind, string Text) Execute(IReadOnlyList<string> words)
    {
        switch (words)
        {
            case ["PING"]:
                return (ReplyKind.Status, "PONG");
            case ["INFO"]:
                return (ReplyKind.Text, InfoText.Of(_node));
            case ["SLAVEOF", not "NO", _] when _node.Sabotage == Sabotage.NodeDisobeys:
                return (ReplyKind.Status, "OK");
            case ["SLAVEOF", "NO", "ONE"]:
                _node.BecomeMaster();
                return (ReplyKind.Status, "OK");
            case ["SLAVEOF", var host, var port]:
                _node.Follow(new InstanceAddress(host, int.Parse(port)));
                return (ReplyKind.Status, "OK");
            case ["CLIENT", "KILL", "TYPE", "normal"]:
                _node.KillClients(except: _endpoint);
                return (ReplyKind.Other, "");
            case ["CLIENT", ..]:
                return (ReplyKind.Status, "OK");
            case ["CONFIG", "REWRITE"]:
                return (ReplyKind.Error, "ERR The server is running without a config file");
            default:
                return (ReplyKind.Error, $"ERR unknown command '{words[0]}'");
        }
    }

    private void Reply(ReplyKind kind, string text) => _endpoint.Send(new InstanceReply(kind, text));
}
