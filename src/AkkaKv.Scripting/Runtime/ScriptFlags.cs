using System.Text;

namespace AkkaKv.Scripting.Runtime;

/// <summary>What a script or function says about itself.</summary>
[Flags]
public enum ScriptFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It does not write.</summary>
    NoWrites = 1,

    /// <summary>It may run when memory is short.</summary>
    AllowOutOfMemory = 2,

    /// <summary>It may run on a replica that has lost its master.</summary>
    AllowStale = 4,

    /// <summary>It must not run in a cluster.</summary>
    NoCluster = 8,

    /// <summary>It may use keys of several slots.</summary>
    AllowCrossSlotKeys = 16,

    /// <summary>It has no shebang: the rules are those before Redis 7.</summary>
    Compatibility = 32,
}

/// <summary>The names of flags, and what names of libraries and functions look like.</summary>
public static class ScriptFlagNames
{
    /// <summary>Flags and names in the order in which FUNCTION LIST shows them.</summary>
    public static readonly IReadOnlyList<(ScriptFlags Flag, string Name)> All =
    [
        (ScriptFlags.NoWrites, "no-writes"),
        (ScriptFlags.AllowOutOfMemory, "allow-oom"),
        (ScriptFlags.AllowStale, "allow-stale"),
        (ScriptFlags.NoCluster, "no-cluster"),
        (ScriptFlags.AllowCrossSlotKeys, "allow-cross-slot-keys"),
    ];

    /// <summary>Adds the flag named <paramref name="name"/>; false if there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> name, ref ScriptFlags flags)
    {
        string text = Encoding.Latin1.GetString(name);
        foreach ((ScriptFlags flag, string known) in All)
        {
            if (known == text)
            {
                flags |= flag;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether <paramref name="name"/> may be the name of a library or function.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
