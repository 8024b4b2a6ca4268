namespace AkkaKv.Persistence.Rdb;

/// <summary>The name of a module's type, of which files have a number: nine characters of six bits, then ten bits of a version.</summary>
internal static class ModuleName
{
    private const int Length = 9;
    private const int VersionBits = 10;
    private const int CharacterBits = 6;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>The name in a number.</summary>
    public static string Of(ulong number) => string.Create(Length, number >> VersionBits, static (name, rest) =>
    {
        for (var index = Length - 1; index >= 0; index--, rest >>= CharacterBits)
            name[index] = Characters[(int)(rest & ((1 << CharacterBits) - 1))];
    });
}
