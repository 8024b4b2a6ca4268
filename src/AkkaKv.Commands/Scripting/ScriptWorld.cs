using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>What scripts see of the server.</summary>
internal static class ScriptWorld
{
    /// <summary>A new state of Lua that presents itself as <see cref="RedisCompatibility"/> says.</summary>
    public static LuaRuntime NewRuntime(IScriptHost host) => new(host, RedisCompatibility.Version, VersionNumber(Version.Parse(RedisCompatibility.Version)));

    /// <summary>Redis's form of a version as a number: a byte for each part.</summary>
    private static int VersionNumber(Version version) => (version.Major << 16) | (version.Minor << 8) | version.Build;
}
