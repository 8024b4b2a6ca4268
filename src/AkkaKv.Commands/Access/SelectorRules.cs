using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>The rules of a selector: commands, categories, keys and channels. Each returns null, or the reason in Redis's words why it is none.</summary>
internal static class SelectorRules
{
    public const string Syntax = "Syntax error";

    public const string Unknown = "Unknown command or category name in ACL";
    private const string AllKeysAlready =
        "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not have any effect. Try 'resetkeys' to start with an empty list of patterns";

    private const string AllChannelsAlready =
        "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does not have any effect. Try 'resetchannels' to start with an empty list of channels";

    /// <summary>Applies one rule.</summary>
    public static string? Apply(AclSelector selector, string rule)
    {
        switch (rule.ToLowerInvariant())
        {
            case "allkeys" or "~*":
                SetAllKeys(selector, true);
                return null;
            case "resetkeys":
                SetAllKeys(selector, false);
                return null;
            case "allchannels" or "&*":
                SetAllChannels(selector, true);
                return null;
            case "resetchannels":
                SetAllChannels(selector, false);
                return null;
            case "allcommands" or "+@all":
                selector.Commands.SetAll(true);
                return null;
            case "nocommands" or "-@all":
                selector.Commands.SetAll(false);
                return null;
        }

        return rule[0] switch
        {
            '~' or '%' => AddKeys(selector, rule),
            '&' => AddChannels(selector, rule[1..]),
            '+' or '-' when rule.Length > 1 && rule[1] == '@' => SetCategory(selector, rule[2..], rule[0] == '+'),
            '+' => AddCommand(selector, rule[1..]),
            '-' => RemoveCommand(selector, rule[1..]),
            _ => Syntax,
        };
    }

    /// <summary>The row of a command or subcommand (<c>config|get</c>), served or not; null if Redis has none.</summary>
    public static CommandRow? FindRow(CommandTable table, string name)
    {
        string[] parts = name.Split('|');
        CommandRow? row = parts.Length > 2 ? null : table.Find(AclText.Bytes(parts[0]));
        return parts.Length < 2 ? row : row?.Subcommands.FirstOrDefault(subcommand => subcommand.Name.Equals(parts[1], StringComparison.OrdinalIgnoreCase));
    }

    private static void SetAllKeys(AclSelector selector, bool allowed)
    {
        selector.AllKeys = allowed;
        selector.Keys.Clear();
    }

    private static void SetAllChannels(AclSelector selector, bool allowed)
    {
        selector.AllChannels = allowed;
        selector.Channels.Clear();
    }

    private static string? AddKeys(AclSelector selector, string rule)
    {
        if (selector.AllKeys)
        {
            return AllKeysAlready;
        }

        KeyPermissions permissions = KeyPermissions.All;
        int at = 1;
        if (rule[0] == '%')
        {
            permissions = KeyPermissions.None;
            for (; at < rule.Length && rule[at] != '~'; at++)
            {
                KeyPermissions added = rule[at] is 'R' or 'r' ? KeyPermissions.Read : rule[at] is 'W' or 'w' ? KeyPermissions.Write : KeyPermissions.None;
                if (added == KeyPermissions.None || (permissions & added) != 0)
                {
                    return Syntax;
                }

                permissions |= added;
            }

            at = Math.Min(at + 1, rule.Length);
        }

        if (permissions == KeyPermissions.None || AclText.HasSpaces(rule.AsSpan(at)))
        {
            return Syntax;
        }

        byte[] pattern = AclText.Bytes(rule[at..]);
        int known = selector.Keys.FindIndex(keys => keys.Pattern.AsSpan().SequenceEqual(pattern));
        if (known < 0)
        {
            selector.Keys.Add(new KeyPattern(pattern, permissions));
        }
        else
        {
            selector.Keys[known] = new KeyPattern(pattern, permissions | selector.Keys[known].Permissions);
        }

        return null;
    }

    private static string? AddChannels(AclSelector selector, string pattern)
    {
        if (selector.AllChannels)
        {
            return AllChannelsAlready;
        }

        if (AclText.HasSpaces(pattern))
        {
            return Syntax;
        }

        byte[] bytes = AclText.Bytes(pattern);
        if (!selector.Channels.Any(channel => channel.AsSpan().SequenceEqual(bytes)))
        {
            selector.Channels.Add(bytes);
        }

        return null;
    }

    private static string? SetCategory(AclSelector selector, string name, bool allowed)
    {
        AclCategories category = AclCategoryNames.All.FirstOrDefault(pair => pair.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Category;
        if (category == AclCategories.None)
        {
            return Unknown;
        }

        selector.Commands.SetCategory(category, allowed);
        return null;
    }

    private static string? AddCommand(AclSelector selector, string name)
    {
        int bar = name.LastIndexOf('|');
        CommandRow? row = FindRow(selector.Table, bar < 0 ? name : name[..bar]);
        if (row is null)
        {
            return Unknown;
        }

        if (bar < 0)
        {
            selector.Commands.Set(row, true);
            return null;
        }

        string behind = name[(bar + 1)..];
        if (row.Parent is not null)
        {
            return "Allowing first-arg of a subcommand is not supported";
        }

        if (behind.Length == 0)
        {
            return Syntax;
        }

        if (row.Subcommands.Count == 0)
        {
            selector.Commands.AddFirstArgument(row, behind);
            return null;
        }

        if (FindRow(selector.Table, name) is not { } subcommand)
        {
            return Unknown;
        }

        selector.Commands.Set(subcommand, true);
        return null;
    }

    private static string? RemoveCommand(AclSelector selector, string name)
    {
        if (FindRow(selector.Table, name) is not { } row)
        {
            return Unknown;
        }

        selector.Commands.Set(row, false);
        return null;
    }
}
