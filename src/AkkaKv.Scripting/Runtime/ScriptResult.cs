namespace AkkaKv.Scripting.Runtime;

/// <summary>How a script ended.</summary>
public readonly record struct ScriptResult
{
    /// <summary>The error's text, without '-'; null when the script returned a value.</summary>
    public string? Error { get; init; }

    /// <summary>The chunk in which the error happened, as <c>@user_script</c>; null when it is not known.</summary>
    public string? Source { get; init; }

    /// <summary>The line in which the error happened.</summary>
    public long Line { get; init; }

    /// <summary>The error is a command's and was counted when the command failed.</summary>
    public bool IsCounted { get; init; }
}
