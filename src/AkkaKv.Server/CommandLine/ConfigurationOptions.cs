using System.CommandLine;
using AkkaKv.Server.Configuration;

namespace AkkaKv.Server.CommandLine;

/// <summary>The files and --set that name a configuration, as several commands take them.</summary>
internal sealed class ConfigurationOptions
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "HOCON files; a later one overrides an earlier one.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _sets = new("--set")
    {
        Description = "One setting, stronger than files and environment. May be given more than once.",
        HelpName = "path=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Makes the command take them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_files);
        command.Add(_sets);
    }

    /// <summary>Loads what the command line names, with this process's environment.</summary>
    public LoadedConfiguration Load(ParseResult parsed) => ConfigurationLoader.Load(
        parsed.GetValue(_files) ?? [], parsed.GetValue(_sets) ?? [], Environment.GetEnvironmentVariables());

    /// <summary>Writes what is wrong, one line each, and says whether there was anything.</summary>
    public static bool Report(LoadedConfiguration loaded, TextWriter error)
    {
        foreach (string problem in loaded.Problems)
            error.WriteLine(problem);
        return loaded.Problems.Count > 0;
    }
}
