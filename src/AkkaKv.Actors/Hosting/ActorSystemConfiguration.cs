using System.Globalization;
using System.Text;
using Akka.Configuration;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Actors.Hosting;

/// <summary>From a node's settings to the configuration of its actor system.</summary>
internal static class ActorSystemConfiguration
{
    /// <summary>The dispatcher of the keyspace actor.</summary>
    public const string KeyspaceDispatcher = "akkakv.keyspace-dispatcher";

    /// <summary>The embedded defaults with what <paramref name="settings"/> says laid over them.</summary>
    public static Config Of(NodeSettings settings)
    {
        var defaults = ConfigurationFactory.FromResource("AkkaKv.Actors.Hosting.actor-system.conf", typeof(ActorSystemConfiguration).Assembly)
            .WithFallback(ConfigurationFactory.FromResource("AkkaKv.Actors.Hosting.akka-runtime.conf", typeof(ActorSystemConfiguration).Assembly));
        var cluster = settings.Cluster;
        if (!cluster.Enabled)
            return ConfigurationFactory.ParseString("akka.actor.provider = local").WithFallback(defaults);
        var text = new StringBuilder()
            .AppendLine("akka.actor.provider = cluster")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.hostname = {Quote(cluster.Host)}")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.port = {cluster.Port}")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.public-hostname = {Quote(cluster.ReachableHost)}")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.dot-netty.tcp.public-port = {cluster.ReachablePort}")
            .AppendLine("akka.remote.require-cookie = on")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.secure-cookie = {Quote(cluster.Secret)}")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.cluster.roles = [{string.Join(", ", Roles(settings).Select(Quote))}]")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.cluster.seed-nodes = [{string.Join(", ", cluster.Seeds.Select(seed => Quote($"akka.tcp://{cluster.Name}@{seed}")))}]");
        return ConfigurationFactory.ParseString(text.ToString()).WithFallback(defaults);
    }

    /// <summary>The words for the node's roles.</summary>
    public static IEnumerable<string> Roles(NodeSettings settings)
    {
        if (settings.Has(RoleSet.Data))
            yield return RoleNames.Data;
        if (settings.Has(RoleSet.Sentinel))
            yield return RoleNames.Sentinel;
        if (settings.Has(RoleSet.Gateway))
            yield return RoleNames.Gateway;
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
