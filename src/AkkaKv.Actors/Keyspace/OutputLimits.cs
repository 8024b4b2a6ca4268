using AkkaKv.Commands.Configuration;

namespace AkkaKv.Actors.Keyspace;

/// <summary>client-output-buffer-limit as it is in force, read once and not for every reply.</summary>
internal sealed class OutputLimits
{
    /// <summary>Takes the limits from the settings.</summary>
    public OutputLimits(ServerSettings settings) => Read(settings);

    /// <summary>For plain clients.</summary>
    public ClientOutputLimit Normal { get; private set; }

    /// <summary>For clients that listen to channels.</summary>
    public ClientOutputLimit PubSub { get; private set; }

    /// <summary>Takes them again, after a change.</summary>
    public void Read(ServerSettings settings)
    {
        Normal = ClientOutputLimits.Of(settings, "normal");
        PubSub = ClientOutputLimits.Of(settings, "pubsub");
    }
}
