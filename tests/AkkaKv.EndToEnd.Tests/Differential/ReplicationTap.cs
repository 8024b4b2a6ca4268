using System.Globalization;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Listens to what a real Redis propagates, as a replica that never acknowledges.</summary>
internal sealed class ReplicationTap : IDisposable
{
    private readonly RawConnection _link;

    public ReplicationTap(RealRedis redis)
    {
        _link = redis.Connect();
        OutputBuffer handshake = new();
        Request.Of("PSYNC", "?", "-1").WriteTo(handshake);
        _link.Send(handshake.ToArray());
        string answer = Encoding.ASCII.GetString(_link.ReadLine());
        if (!answer.StartsWith("+FULLRESYNC ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("No full resynchronization: " + answer);
        }

        byte[] header;
        do
        {
            // Empty lines keep the link alive while the snapshot is made.
            header = _link.ReadLine();
        }
        while (header.Length == 0);
        _link.ReadBytes(int.Parse(header.AsSpan(1), CultureInfo.InvariantCulture));
    }

    /// <summary>Everything propagated up to the command that writes <paramref name="marker"/>, without the master's own pings.</summary>
    public List<Request> ReadUntil(string marker)
    {
        List<Request> commands = [];
        while (true)
        {
            Request command = PropagatedCommands.Parse(_link.ReadReply())[0];
            if (command.Arguments.Any(argument => argument.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(marker))))
            {
                // The marker's own SELECT.
                return commands is [.., { Name: "SELECT" }] ? commands[..^1] : commands;
            }

            if (command.Name != "PING")
            {
                commands.Add(command);
            }
        }
    }

    public void Dispose() => _link.Dispose();
}
