using System.Diagnostics;

namespace AkkaKv.Server.Local;

/// <summary>How to start this very executable again, as a child or by the user.</summary>
internal static class OwnExecutable
{
    /// <summary>The program and the arguments before ours: the executable itself, or <c>dotnet</c> and the assembly.</summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    /// <summary>Start information for a child with these arguments.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(Command[0]);
        foreach (string argument in Command.Skip(1).Concat(arguments))
            info.ArgumentList.Add(argument);
        return info;
    }

    /// <summary>The line that a user types into a shell.</summary>
    public static string ShellLine(IEnumerable<string> arguments) => string.Join(' ', Command.Concat(arguments).Select(Quote));

    private static string[] Find()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("the path of this process is not known");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Environment.GetCommandLineArgs()[0]] : [program];
    }

    private static string Quote(string word) =>
        word.All(character => char.IsAsciiLetterOrDigit(character) || "/._-+=:,@%".Contains(character)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
