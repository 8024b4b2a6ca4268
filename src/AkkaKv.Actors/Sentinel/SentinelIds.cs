using System.Security.Cryptography;
using System.Text;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// A sentinel's id: 40 hexadecimal digits, as Redis's. Made from the names of the cluster and of the node, so that every sentinel knows the ids of
/// all declared voters from the configuration, and a sentinel that lost its disk is the same voter as before.
/// </summary>
public static class SentinelIds
{
    /// <summary>The id of the sentinel of that name.</summary>
    /// <param name="clusterName"><c>akkakv.cluster.name</c>.</param>
    /// <param name="nodeName"><c>akkakv.name</c>.</param>
    public static string Of(string clusterName, string nodeName) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"akkakv sentinel\n{clusterName}\n{nodeName}")));
}
