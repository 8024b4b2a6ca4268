using System.Security.Cryptography;
using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>A user: whether it may log in, with which passwords, and what it may do. Passwords are kept as SHA-256 only.</summary>
internal sealed class AclUser
{
    public AclUser(string name, CommandTable table)
    {
        Name = name;
        Root = new AclSelector(table);
    }

    private AclUser(AclUser other)
    {
        Name = other.Name;
        Root = other.Root;
        TakeRulesOf(other);
    }

    /// <summary>The name; each character is one byte.</summary>
    public string Name { get; }

    /// <summary>Whether it may log in.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Whether any password is right.</summary>
    public bool NeedsNoPassword { get; set; }

    /// <summary>sanitize-payload: true, skip-sanitize-payload: false, neither: null. Payloads are always checked here; it is kept because Redis shows it.</summary>
    public bool? SanitizesPayload { get; set; }

    /// <summary>SHA-256 of the passwords, as 64 hexadecimal digits.</summary>
    public List<string> PasswordHashes { get; } = [];

    /// <summary>The rules outside of any parentheses.</summary>
    public AclSelector Root { get; private set; }

    /// <summary>Further sets of rules.</summary>
    public List<AclSelector> Selectors { get; } = [];

    /// <summary>Whether it may do everything, so that nothing has to be checked.</summary>
    public bool MayEverything { get; private set; }

    /// <summary>Whether a connection that has not logged in acts for it (if it is the default user).</summary>
    public bool IsOpen => NeedsNoPassword && IsEnabled;

    public AclUser Clone() => new(this);

    /// <summary>Becomes like another user, but for the name.</summary>
    public void TakeRulesOf(AclUser other)
    {
        IsEnabled = other.IsEnabled;
        NeedsNoPassword = other.NeedsNoPassword;
        SanitizesPayload = other.SanitizesPayload;
        string[] hashes = [.. other.PasswordHashes];
        PasswordHashes.Clear();
        PasswordHashes.AddRange(hashes);
        Root = other.Root.Clone();
        AclSelector[] selectors = [.. other.Selectors.Select(selector => selector.Clone())];
        Selectors.Clear();
        Selectors.AddRange(selectors);
        RulesChanged();
    }

    /// <summary>To be called after rules have changed.</summary>
    public void RulesChanged() => MayEverything = Root.AllowsEverything;

    /// <summary>Whether a password lets it in. Takes as long for a wrong one as for a right one.</summary>
    public bool Accepts(ReadOnlySpan<byte> password)
    {
        if (!IsEnabled || NeedsNoPassword)
        {
            return IsEnabled;
        }

        byte[] hash = AclText.Bytes(Hash(password));
        bool accepted = false;
        foreach (string known in PasswordHashes)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(hash, AclText.Bytes(known));
        }

        return accepted;
    }

    /// <summary>SHA-256 of a password.</summary>
    public static string Hash(ReadOnlySpan<byte> password) => Convert.ToHexStringLower(SHA256.HashData(password));
}
