namespace AkkaKv.Commands.Access;

/// <summary>The rules of a user: those of its root selector, and what concerns the user as a whole.</summary>
internal static class UserRules
{
    private const int HashLength = 64;
    private const string InvalidHash = "The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters";

    /// <summary>
    /// Applies rules in turn. Returns null, or what is wrong with the first that is none: then the user is only partly changed, so give a copy.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="words">The rules; a selector in parentheses may be several words.</param>
    /// <param name="invalid">The rule that is none.</param>
    public static string? ApplyAll(AclUser user, IEnumerable<string> words, out string invalid)
    {
        invalid = "";
        if (!TryJoinSelectors(words, out List<string> rules, out invalid))
        {
            return $"Unmatched parenthesis in acl selector starting at '{invalid}'.";
        }

        foreach (string rule in rules)
        {
            if (Apply(user, rule) is { } error)
            {
                invalid = rule;
                return error;
            }
        }

        user.RulesChanged();
        return null;
    }

    /// <summary>A user as rules that give the same user again; passwords as hashes.</summary>
    public static string Describe(AclUser user)
    {
        IEnumerable<string> selectors = user.Selectors.Select(selector => $"({SelectorDescription.Of(selector)})");
        return string.Join(
            ' ', Flags(user).Concat(user.PasswordHashes.Select(hash => "#" + hash)).Append(SelectorDescription.Of(user.Root)).Concat(selectors));
    }

    /// <summary>The flags as rules.</summary>
    public static IEnumerable<string> Flags(AclUser user)
    {
        yield return user.IsEnabled ? "on" : "off";
        if (user.NeedsNoPassword)
        {
            yield return "nopass";
        }

        if (user.SanitizesPayload is { } sanitizes)
        {
            yield return sanitizes ? "sanitize-payload" : "skip-sanitize-payload";
        }
    }

    private static string? Apply(AclUser user, string rule)
    {
        if (rule.Length == 0)
        {
            return null;
        }

        switch (rule.ToLowerInvariant())
        {
            case "on" or "off":
                user.IsEnabled = rule.Length == 2;
                return null;
            case "nopass" or "resetpass":
                user.NeedsNoPassword = rule[0] is 'n' or 'N';
                user.PasswordHashes.Clear();
                return null;
            case "sanitize-payload" or "skip-sanitize-payload":
                user.SanitizesPayload = rule.Length == "sanitize-payload".Length;
                return null;
            case "clearselectors":
                user.Selectors.Clear();
                return null;
            case "reset":
                foreach (string each in (string[])["resetpass", "resetkeys", "resetchannels", "off", "sanitize-payload", "clearselectors", "-@all"])
                {
                    Apply(user, each);
                }

                return null;
        }

        return rule[0] switch
        {
            '>' => AddPassword(user, AclUser.Hash(AclText.Bytes(rule[1..]))),
            '#' => IsHash(rule[1..]) ? AddPassword(user, rule[1..]) : InvalidHash,
            '<' => RemovePassword(user, AclUser.Hash(AclText.Bytes(rule[1..]))),
            '!' => IsHash(rule[1..]) ? RemovePassword(user, rule[1..]) : InvalidHash,
            '(' when rule[^1] == ')' => AddSelector(user, rule[1..^1]),
            _ => SelectorRules.Apply(user.Root, rule),
        };
    }

    private static string? AddPassword(AclUser user, string hash)
    {
        if (!user.PasswordHashes.Contains(hash))
        {
            user.PasswordHashes.Add(hash);
        }

        user.NeedsNoPassword = false;
        return null;
    }

    private static string? RemovePassword(AclUser user, string hash) =>
        user.PasswordHashes.Remove(hash) ? null : "The password you are trying to remove from the user does not exist";

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static string? AddSelector(AclUser user, string rules)
    {
        AclSelector selector = new(user.Root.Table);
        foreach (string rule in rules.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (SelectorRules.Apply(selector, rule) is { } error)
            {
                return error;
            }
        }

        user.Selectors.Add(selector);
        return null;
    }

    private static bool TryJoinSelectors(IEnumerable<string> words, out List<string> rules, out string opening)
    {
        rules = [];
        opening = "";
        string? open = null;
        foreach (string word in words)
        {
            // As in Redis a second opening forgets what the first one began.
            if (word.StartsWith('(') && !word.EndsWith(')'))
            {
                open = opening = word;
                continue;
            }

            if (open is not null)
            {
                open += " " + word;
            }

            if (open is null)
            {
                rules.Add(word);
            }
            else if (word.EndsWith(')'))
            {
                rules.Add(open);
                open = null;
            }
        }

        return open is null;
    }
}
