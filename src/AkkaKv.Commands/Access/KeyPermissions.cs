namespace AkkaKv.Commands.Access;

/// <summary>What may be done with a key.</summary>
[Flags]
internal enum KeyPermissions
{
    /// <summary>Nothing, or no more than to know whether it is there.</summary>
    None = 0,

    /// <summary>Its content may be read.</summary>
    Read = 1,

    /// <summary>It may be changed.</summary>
    Write = 2,

    /// <summary>Everything.</summary>
    All = Read | Write,
}

/// <summary>A pattern of keys with what may be done with them.</summary>
internal readonly record struct KeyPattern(byte[] Pattern, KeyPermissions Permissions)
{
    /// <summary>As a rule: ~pattern, %R~pattern, %W~pattern.</summary>
    public string Rule => Permissions switch
    {
        KeyPermissions.Read => "%R~",
        KeyPermissions.Write => "%W~",
        _ => "~",
    } + AclText.Of(Pattern);
}
