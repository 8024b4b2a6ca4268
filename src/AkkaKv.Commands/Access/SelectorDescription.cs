using System.Text;
using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>
/// A selector as rules that give the same selector again. Those of the commands are found as Redis 7.0 does: from all or none on, the categories that fit best one after the
/// other, then what is still wrong command by command.
/// </summary>
internal static class SelectorDescription
{
    private static readonly Version FirstLater = new(7, 1);

    /// <summary>All rules.</summary>
    public static string Of(AclSelector selector)
    {
        string keys = selector.AllKeys ? "~*" : Keys(selector);
        string channels = selector.AllChannels ? "&*" : string.Join(' ', selector.Channels.Select(Channel).Prepend("resetchannels"));
        return (keys.Length == 0 ? "" : keys + " ") + channels + " " + Commands(selector);
    }

    /// <summary>The key patterns.</summary>
    public static string Keys(AclSelector selector) => selector.AllKeys ? "~*" : string.Join(' ', selector.Keys.Select(keys => keys.Rule));

    /// <summary>The channel patterns.</summary>
    public static string Channels(AclSelector selector) => selector.AllChannels ? "&*" : string.Join(' ', selector.Channels.Select(Channel));

    /// <summary>The commands.</summary>
    public static string Commands(AclSelector selector)
    {
        AllowedCommands wanted = selector.Commands;
        bool additive = !wanted.IncludesFuture;
        char sign = additive ? '+' : '-';
        StringBuilder rules = new(additive ? "-@all" : "+@all");
        AllowedCommands reached = new(selector.Table);
        reached.SetAll(!additive);
        AllowedCommands left = wanted.Clone();
        HashSet<AclCategories> used = [];
        while (TryFindBest(selector.Table, left, additive, used, out (AclCategories Category, string Name) best))
        {
            used.Add(best.Category);
            rules.Append(' ').Append(sign).Append('@').Append(best.Name);
            reached.SetCategory(best.Category, additive);
            left.SetCategory(best.Category, !additive);
        }

        foreach (CommandRow row in selector.Table.RowsAndSubcommands)
        {
            bool isAllowed = wanted.Contains(row);
            if (isAllowed != reached.Contains(row))
            {
                rules.Append(' ').Append(isAllowed ? '+' : '-').Append(row.FullName);
                reached.Set(row, isAllowed);
            }

            foreach (string argument in isAllowed ? [] : wanted.FirstArguments(row))
            {
                rules.Append(" +").Append(row.FullName).Append('|').Append(argument);
            }
        }

        return rules.ToString();
    }

    /// <summary>Whether Redis 7.0 does not know a command, so that it does not decide which category fits.</summary>
    private static bool IsLater(CommandRow row) => Version.Parse(row.Since) >= FirstLater;

    private static string Channel(byte[] pattern) => "&" + AclText.Of(pattern);

    /// <summary>The category of which most commands are as wanted and the fewest are not.</summary>
    private static bool TryFindBest(
        CommandTable table, AllowedCommands left, bool additive, HashSet<AclCategories> used, out (AclCategories Category, string Name) best)
    {
        best = default;
        int fewest = int.MaxValue;
        int most = 0;
        foreach ((AclCategories category, string name) in AclCategoryNames.All)
        {
            if (used.Contains(category))
            {
                continue;
            }

            int same = 0;
            int different = 0;
            foreach (CommandRow row in table.RowsAndSubcommands)
            {
                if ((row.AllCategories & category) != 0 && !IsLater(row))
                {
                    _ = left.Contains(row) == additive ? same++ : different++;
                }
            }

            if (same > different && (different < fewest || (different == fewest && same > most)))
            {
                best = (category, name);
                fewest = different;
                most = same;
            }
        }

        return best.Category != AclCategories.None;
    }
}
