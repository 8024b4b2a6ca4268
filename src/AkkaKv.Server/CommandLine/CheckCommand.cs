using System.CommandLine;
using AkkaKv.Server.Configuration;

namespace AkkaKv.Server.CommandLine;

/// <summary><c>akkakv check FILE…</c>: prints the effective configuration, or what is wrong with it.</summary>
internal static class CheckCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var options = new ConfigurationOptions();
        var command = new Command("check", "Validate a configuration and print what it amounts to, or name what is wrong by path and line.");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            LoadedConfiguration loaded = options.Load(parsed);
            if (ConfigurationOptions.Report(loaded, Console.Error))
                return ExitCodes.WrongConfiguration;
            EffectiveConfiguration.Write(loaded.Effective, Console.Out);
            return ExitCodes.Ok;
        });
        return command;
    }
}
