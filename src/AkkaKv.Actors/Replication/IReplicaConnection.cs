using System.Net;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Replication;

/// <summary>The connection of a replica, as the actor that feeds it sees it. Every member may be used from any thread.</summary>
internal interface IReplicaConnection
{
    /// <summary>Where the replica connects from.</summary>
    IPEndPoint RemoteEndPoint { get; }

    /// <summary>Bytes that the network has not taken yet.</summary>
    long UnsentBytes { get; }

    /// <summary>Called on the sending thread whenever the network has taken everything.</summary>
    Action? Drained { get; set; }

    /// <summary>Queues everything in <paramref name="output"/>, which is empty afterwards.</summary>
    void Send(OutputBuffer output);

    /// <summary>Closes once everything queued was sent.</summary>
    void CloseWhenSent();

    /// <summary>Closes at once.</summary>
    void Close();
}
