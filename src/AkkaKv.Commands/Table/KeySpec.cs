namespace AkkaKv.Commands.Table;

/// <summary>
/// Where some of a command's keys stand and how they are used: first a search for the place where they begin, then a way to find them from there. The
/// model is Redis 7.0's <c>key specifications</c>.
/// </summary>
public sealed record KeySpec
{
    /// <summary>How the keys are used, as COMMAND INFO names it: RO, RW, OW or RM, then access, update, insert, delete, not_key, incomplete, variable_flags.</summary>
    public required string Flags { get; init; }

    /// <summary>An explanation for readers; empty for most.</summary>
    public string Notes { get; init; } = "";

    /// <summary>How to find the beginning.</summary>
    public required KeySearch Begin { get; init; }

    /// <summary>How to find the keys from there.</summary>
    public required KeyFinder Find { get; init; }

    /// <summary>Keys from position <paramref name="first"/> on; see <see cref="KeyRange"/> for the others.</summary>
    public static KeySpec Range(string flags, int first, int last = 0, int step = 1, int limit = 0) =>
        new() { Flags = flags, Begin = new SearchIndex(first), Find = new KeyRange(last, step, limit) };

    /// <summary>Keys whose number stands at position <paramref name="first"/> + <paramref name="numberIndex"/>.</summary>
    public static KeySpec Counted(string flags, int first, int numberIndex, int firstKey, int step) =>
        new() { Flags = flags, Begin = new SearchIndex(first), Find = new KeyCount(numberIndex, firstKey, step) };

    /// <summary>Keys behind the word <paramref name="keyword"/>, searched from position <paramref name="startFrom"/> (negative: from the end).</summary>
    public static KeySpec After(string flags, string keyword, int startFrom, int last = 0, int step = 1, int limit = 0) =>
        new() { Flags = flags, Begin = new SearchKeyword(keyword, startFrom), Find = new KeyRange(last, step, limit) };
}

/// <summary>How the place is found where keys begin.</summary>
public abstract record KeySearch;

/// <summary>At a fixed position.</summary>
public sealed record SearchIndex(int Position) : KeySearch;

/// <summary>Behind a word, searched from a position; negative positions count from the end and search backwards.</summary>
public sealed record SearchKeyword(string Keyword, int StartFrom) : KeySearch;

/// <summary>Only the command itself knows.</summary>
public sealed record SearchUnknown : KeySearch;

/// <summary>How keys are found from their beginning.</summary>
public abstract record KeyFinder;

/// <summary>
/// Every <paramref name="Step"/>th argument up to <paramref name="Last"/>, counted from the beginning; negative counts from the end of the arguments. With
/// <paramref name="Limit"/> above 1 and <paramref name="Last"/> -1 only that fraction of the remaining arguments.
/// </summary>
public sealed record KeyRange(int Last, int Step, int Limit) : KeyFinder;

/// <summary>As many as the argument at <paramref name="NumberIndex"/> says, the first at <paramref name="FirstKey"/>, both counted from the beginning.</summary>
public sealed record KeyCount(int NumberIndex, int FirstKey, int Step) : KeyFinder;

/// <summary>Only the command itself knows.</summary>
public sealed record FindUnknown : KeyFinder;
