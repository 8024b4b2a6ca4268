namespace AkkaKv.Tests.Support;

/// <summary>A test that runs a real program: skipped, with the reason in the report, where that program is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramAttribute : FactAttribute
{
    public RequiresProgramAttribute(string program)
    {
        if (Find(program) is null)
            Skip = $"{program} is not on this machine's PATH";
    }

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
