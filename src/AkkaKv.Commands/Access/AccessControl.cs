using System.Text;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Table;
using AkkaKv.Commands.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Access;

/// <summary>The users, and the question whether one may run a command.</summary>
internal sealed class AccessControl
{
    /// <summary>The user of connections that have not logged in.</summary>
    public const string DefaultName = "default";

    private readonly CommandTable _table;
    private readonly NeededPermissions _needed = new();

    // Sorted by bytes, as Redis lists them.
    private readonly SortedDictionary<string, AclUser> _users = new(StringComparer.Ordinal);

    public AccessControl(CommandTable table)
    {
        _table = table;
        Default = NewDefault();
        _users.Add(DefaultName, Default);
    }

    /// <summary>The users that the settings of a new engine define.</summary>
    /// <exception cref="ArgumentException">The rules have a mistake, which <see cref="AclFile.Check"/> would have told.</exception>
    public static AccessControl Of(ServerSettings settings, CommandTable table)
    {
        AccessControl access = new(table);
        if (settings.RequirePass.Length > 0)
        {
            access.SetDefaultPassword(settings.RequirePass);
        }

        List<AclUser> users = AclFile.Parse(access, "users", settings.UserLines, out string errors);
        foreach (AclUser user in users)
        {
            access.Put(user);
        }

        return errors.Length == 0 ? access : throw new ArgumentException(errors, nameof(settings));
    }

    /// <summary>The user of connections that have not logged in; it always exists.</summary>
    public AclUser Default { get; }

    /// <summary>What was refused.</summary>
    public AclLog Log { get; } = new();

    /// <summary>All users by name.</summary>
    public IEnumerable<AclUser> Users => _users.Values;

    /// <summary>The user of a name; null if there is none.</summary>
    public AclUser? Find(string name) => _users.GetValueOrDefault(name);

    /// <summary>Makes a user that is not there yet: it may do nothing. It has to be given to <see cref="Put"/>.</summary>
    public AclUser Create(string name) => new(name, _table);

    /// <summary>The default user as it is without any configuration: it may do everything without a password.</summary>
    public AclUser NewDefault()
    {
        AclUser user = new(DefaultName, _table);
        UserRules.ApplyAll(user, ["on", "nopass", "~*", "&*", "+@all"], out _);
        return user;
    }

    /// <summary>Gives the user of that name the rules of this one, or adds it.</summary>
    public void Put(AclUser user)
    {
        if (_users.TryGetValue(user.Name, out AclUser? known))
        {
            known.TakeRulesOf(user);
        }
        else
        {
            user.RulesChanged();
            _users.Add(user.Name, user);
        }
    }

    /// <summary>Removes a user; false if there is none. The default user stays.</summary>
    public bool Remove(string name) => name != DefaultName && _users.Remove(name);

    /// <summary>Gives the default user one password, or none with an empty text: requirepass.</summary>
    public void SetDefaultPassword(string password) =>
        UserRules.ApplyAll(Default, ["resetpass", password.Length == 0 ? "nopass" : "#" + AclUser.Hash(Encoding.UTF8.GetBytes(password))], out _);

    /// <summary>The user whose password this is; null if there is none or it may not log in.</summary>
    public AclUser? Authenticate(string name, ReadOnlySpan<byte> password) => Find(name) is { } user && user.Accepts(password) ? user : null;

    /// <summary>Whether a user may run a request, and if not, why.</summary>
    public AclDenial Check(AclUser user, CommandRow row, in Arguments request)
    {
        if (user.MayEverything)
        {
            return default;
        }

        AclDenial denial = Check(user.Root, row, request);
        AclDenial worst = denial.IsAllowed ? denial : Worse(new AclDenial(AclReason.Command, 0), denial);
        foreach (AclSelector selector in user.Selectors)
        {
            if (worst.IsAllowed)
            {
                break;
            }

            denial = Check(selector, row, request);
            worst = denial.IsAllowed ? denial : Worse(worst, denial);
        }

        return worst;
    }

    /// <summary>Whether a user may run a command on any key, as SORT must know before it reads keys that its patterns name.</summary>
    public bool MayReadAllKeys(AclUser user, CommandRow row, in Arguments request)
    {
        foreach (AclSelector selector in user.Selectors.Prepend(user.Root))
        {
            bool allKeys = selector.AllKeys || selector.Keys.Any(keys => (keys.Permissions & KeyPermissions.Read) != 0 && keys.Pattern is [(byte)'*']);
            if (allKeys && Check(selector, row, request).IsAllowed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a user may listen to a channel or pattern.</summary>
    public static bool MayUseChannel(AclUser user, ReadOnlySpan<byte> channel, bool isPattern)
    {
        foreach (AclSelector selector in user.Selectors.Prepend(user.Root))
        {
            if (selector.AllChannels || IsChannelAllowed(selector, channel, isPattern))
            {
                return true;
            }
        }

        return false;
    }

    private static AclDenial Worse(AclDenial left, AclDenial right) =>
        right.Reason > left.Reason || (right.Reason == left.Reason && right.Argument > left.Argument) ? right : left;

    private AclDenial Check(AclSelector selector, CommandRow row, in Arguments request)
    {
        if (!selector.Commands.IsAll && !row.Has(CommandFlags.NoAuth) && !selector.Commands.Contains(row) && !HasAllowedArgument(selector, row, request))
        {
            return new AclDenial(AclReason.Command, 0);
        }

        if (!selector.AllKeys && row.Keys.Count > 0)
        {
            foreach ((int position, KeyPermissions permissions) in _needed.KeysOf(row, request))
            {
                if (!IsKeyAllowed(selector, request[position], permissions))
                {
                    return new AclDenial(AclReason.Key, position);
                }
            }
        }

        if (!selector.AllChannels)
        {
            (int first, int count, bool arePatterns) = NeededPermissions.ChannelsOf(row, request);
            for (int i = first; i < first + count; i++)
            {
                if (!IsChannelAllowed(selector, request[i], arePatterns))
                {
                    return new AclDenial(AclReason.Channel, i);
                }
            }
        }

        return default;
    }

    private static bool HasAllowedArgument(AclSelector selector, CommandRow row, in Arguments request)
    {
        if (request.Count < 2)
        {
            return false;
        }

        foreach (string argument in selector.Commands.FirstArguments(row))
        {
            if (Ascii.EqualsIgnoreCase(request[1], AclText.Bytes(argument)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKeyAllowed(AclSelector selector, ReadOnlySpan<byte> key, KeyPermissions permissions)
    {
        foreach (KeyPattern keys in selector.Keys)
        {
            if ((keys.Permissions & permissions) == permissions && GlobPattern.IsMatch(keys.Pattern, key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Patterns of channels are allowed word by word only: what else they match nobody can know.</summary>
    private static bool IsChannelAllowed(AclSelector selector, ReadOnlySpan<byte> channel, bool isPattern)
    {
        foreach (byte[] allowed in selector.Channels)
        {
            if (isPattern ? channel.SequenceEqual(allowed) : GlobPattern.IsMatch(allowed, channel))
            {
                return true;
            }
        }

        return false;
    }
}
