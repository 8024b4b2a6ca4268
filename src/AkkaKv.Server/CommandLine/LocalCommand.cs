using System.CommandLine;
using AkkaKv.Server.Local;

namespace AkkaKv.Server.CommandLine;

/// <summary><c>akkakv local</c>, which is also <c>akkakv</c> alone: a whole topology on this machine.</summary>
internal static class LocalCommand
{
    /// <summary>Describes the command, and makes the root command do the same.</summary>
    public static Command Create(RootCommand root)
    {
        var command = new Command("local", "Start a master, replicas, sentinels and a router on this machine, as processes of their own.");
        SetUp(command);
        SetUp(root);
        return command;
    }

    private static void SetUp(Command command)
    {
        Option<int> basePort = Number("--base-port", "Port of the router; data nodes follow at +1, sentinels at +11, cluster ports at +20.",
            7000, 1, LocalOptions.BasePortMax);
        Option<int> replicas = Number("--replicas", "Number of replicas.", 2, 0, LocalOptions.ReplicasMax);
        Option<int> sentinels = Number("--sentinels", "Number of sentinels; an odd one survives more.", 3, 1, LocalOptions.SentinelsMax);
        var dataDir = new Option<string?>("--data-dir")
        {
            Description = "Directory for configuration, learned state and logs. Without it a temporary one, removed at the end.",
        };
        var sets = new Option<string[]>("--set") { Description = "One setting for every process. May be given more than once.", HelpName = "path=value" };
        var verbose = new Option<bool>("--verbose") { Description = "Show the log lines of all processes." };
        foreach (Option option in (Option[])[basePort, replicas, sentinels, dataDir, sets, verbose])
            command.Add(option);

        command.SetAction(async (parsed, _) =>
        {
            var options = new LocalOptions(parsed.GetValue(basePort), parsed.GetValue(replicas), parsed.GetValue(sentinels),
                parsed.GetValue(dataDir), parsed.GetValue(sets) ?? [], parsed.GetValue(verbose));
            using var signals = new StopSignals();
            return await new LocalTopology(options, Screen.ForOutput()).RunAsync(signals.Token).ConfigureAwait(false);
        });
    }

    private static Option<int> Number(string name, string description, int value, int min, int max)
    {
        var option = new Option<int>(name) { Description = $"{description} {min} to {max}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int given) || given < min || given > max))
                result.AddError($"{name}: expected a whole number from {min} to {max}, found '{result.Tokens[0].Value}'");
        });
        return option;
    }
}
