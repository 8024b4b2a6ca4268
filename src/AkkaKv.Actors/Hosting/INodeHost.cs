namespace AkkaKv.Actors.Hosting;

/// <summary>One running node: the actor system with the actors of the node's roles.</summary>
public interface INodeHost
{
    /// <summary>Completes when the node has stopped, for whatever reason: <see cref="StopAsync"/>, a client's SHUTDOWN, or an error that it cannot outlive (then it fails with it).</summary>
    Task WhenStopped { get; }

    /// <summary>Starts the node; completes when its ports listen. Fails with <see cref="NodeStartException"/> if it cannot run as configured; then nothing is left running.</summary>
    Task StartAsync();

    /// <summary>Leaves the cluster, closes the ports and stops the actors. May be called more than once.</summary>
    Task StopAsync();
}
