namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A test that runs real programs (redis-cli, node, …). Where one is missing it is skipped, and the reason names it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramAttribute : FactAttribute
{
    /// <summary>Names the programs, as they are called in a shell.</summary>
    public RequiresProgramAttribute(params string[] programs) => Skip = Programs.WhyMissing(programs);
}

/// <summary>As <see cref="RequiresProgramAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramTheoryAttribute : TheoryAttribute
{
    /// <summary>Names the programs, as they are called in a shell.</summary>
    public RequiresProgramTheoryAttribute(params string[] programs) => Skip = Programs.WhyMissing(programs);
}

/// <summary>Looks for programs in PATH.</summary>
public static class Programs
{
    /// <summary>The full path of a program, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);

    /// <summary>The reason to skip a test that needs the programs; null if all are there.</summary>
    public static string? WhyMissing(params string[] programs)
    {
        string[] missing = [.. programs.Where(program => Find(program) is null)];
        return missing.Length == 0 ? null : $"needs {string.Join(" and ", missing)}, which this machine does not have";
    }
}
