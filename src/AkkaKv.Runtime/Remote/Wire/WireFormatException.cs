namespace Akka.Remote.Wire;

/// <summary>Bytes from another node that do not follow the format.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
