using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration text that cannot be read, or a setting whose value is not of the kind that was asked for.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>Creates the exception; <paramref name="message"/> names the line and column, or the path of the setting.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with what caused it.</summary>
    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }
}
