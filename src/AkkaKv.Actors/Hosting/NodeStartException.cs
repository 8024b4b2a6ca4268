namespace AkkaKv.Actors.Hosting;

/// <summary>A node cannot run as it is configured: a port in use, a directory that cannot be written. The message is for the user and names the setting.</summary>
public sealed class NodeStartException(string message, Exception? cause = null) : Exception(message, cause);
