using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>The scripts under node-clients, run from the source tree, where npm has put the packages they need.</summary>
public static class NodeScripts
{
    private static readonly string? Folder = FindFolder();

    /// <summary>The reason to skip tests that run scripts; null if node and the packages are there.</summary>
    public static string? WhyMissing() =>
        Programs.WhyMissing("node") is { } program ? program
        : Folder is null ? "needs the source tree, which is not above the tests' binaries"
        : Directory.Exists(Path.Combine(Folder, "node_modules", "ioredis")) && Directory.Exists(Path.Combine(Folder, "node_modules", "redis")) ? null
        : "needs the packages of node-clients; run 'npm install' in tests/AkkaKv.EndToEnd.Tests/node-clients";

    /// <summary>Starts a script.</summary>
    public static TestProcess Start(string script, params object[] arguments) =>
        TestProcess.Start("node", [Path.Combine(Folder!, script), .. arguments.Select(argument => $"{argument}")]);

    /// <summary>Runs a script to its end and asserts that it reports success.</summary>
    public static async Task RunAsync(string script, params object[] arguments)
    {
        using TestProcess process = Start(script, arguments);
        int code = await process.EndAsync();
        Assert.True(code == 0, process.Output);
        Assert.EndsWith("done", process.Output);
    }

    private static string? FindFolder()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string folder = Path.Combine(directory.FullName, "node-clients");
            if (File.Exists(Path.Combine(folder, "package.json")))
                return folder;
        }
        return null;
    }
}

/// <summary>A test that runs a script under node-clients; skipped, with the reason, where node or the packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Looks for node and the packages.</summary>
    public NodeFactAttribute() => Skip = NodeScripts.WhyMissing();
}

/// <summary>As <see cref="NodeFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for node and the packages.</summary>
    public NodeTheoryAttribute() => Skip = NodeScripts.WhyMissing();
}
