using System.Text;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Access;

/// <summary>The keys of a request with what it does to each, and its channels.</summary>
internal sealed class NeededPermissions
{
    private readonly List<(int Position, KeySpec Spec)> _found = [];
    private readonly List<(int Position, KeyPermissions Permissions)> _keys = [];

    /// <summary>The keys. The list is filled anew by every call.</summary>
    public List<(int Position, KeyPermissions Permissions)> KeysOf(CommandRow row, in Arguments request)
    {
        _found.Clear();
        _keys.Clear();
        if (!KeyExtraction.TryFind(row, request, _found))
        {
            return _keys;
        }

        foreach ((int position, KeySpec spec) in _found)
        {
            // MIGRATE with KEYS has an empty word in the place of its key.
            if (row.Name != "migrate" || !request[position].IsEmpty)
            {
                _keys.Add((position, PermissionsOf(row, spec, request)));
            }
        }

        return _keys;
    }

    /// <summary>From which argument on, and how many, the request names channels that must be allowed.</summary>
    public static (int First, int Count, bool ArePatterns) ChannelsOf(CommandRow row, in Arguments request) => row.Name switch
    {
        "subscribe" or "ssubscribe" => (1, request.Count - 1, false),
        "psubscribe" => (1, request.Count - 1, true),
        "publish" or "spublish" => (1, 1, false),
        _ => (0, 0, false),
    };

    private static KeyPermissions PermissionsOf(CommandRow row, KeySpec spec, in Arguments request)
    {
        // What these two do depends on their other arguments.
        if (row.Name == "set")
        {
            return HasWord(request, 3, "GET"u8) ? KeyPermissions.All : KeyPermissions.Write;
        }

        if (row.Name == "bitfield")
        {
            return HasWord(request, 2, "SET"u8) || HasWord(request, 2, "INCRBY"u8) ? KeyPermissions.All : KeyPermissions.Read;
        }

        bool reads = spec.Flags.Contains("access", StringComparison.Ordinal);
        bool writes = spec.Flags.Contains("update", StringComparison.Ordinal) || spec.Flags.Contains("insert", StringComparison.Ordinal)
            || spec.Flags.Contains("delete", StringComparison.Ordinal);
        return (reads ? KeyPermissions.Read : 0) | (writes ? KeyPermissions.Write : 0);
    }

    private static bool HasWord(in Arguments request, int from, ReadOnlySpan<byte> word)
    {
        for (int i = from; i < request.Count; i++)
        {
            if (Ascii.EqualsIgnoreCase(request[i], word))
            {
                return true;
            }
        }

        return false;
    }
}
