using System.Text;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The CONFIG subcommands.</summary>
internal static class ConfigCommands
{
    public static void Get(CommandContext context)
    {
        var shown = new List<(string Name, string Value)>();
        foreach (ConfigParameter parameter in ConfigTable.All)
        {
            AddIfAsked(context, parameter.Name, parameter, shown);
            if (parameter.Alias is not null)
            {
                AddIfAsked(context, parameter.Alias, parameter, shown);
            }
        }

        context.Reply.Map(shown.Count);
        foreach ((string name, string value) in shown)
        {
            context.Reply.Bulk(name);
            context.Reply.Bulk(value);
        }
    }

    /// <summary>All parameters are set or none: what was set before a failure is taken back.</summary>
    public static void Set(CommandContext context)
    {
        Arguments args = context.Args;
        if (args.Count % 2 != 0)
        {
            context.WrongArgumentCount();
            return;
        }

        var changes = new List<(string Name, ConfigParameter Parameter, string Value)>();
        for (int i = 2; i < args.Count; i += 2)
        {
            string name = Encoding.UTF8.GetString(args[i]);
            ConfigParameter? parameter = ConfigTable.Find(name);
            if (parameter is null)
            {
                context.Reply.Error($"ERR Unknown option or number of arguments for CONFIG SET - '{Encoding.Latin1.GetString(args[i])}'");
                return;
            }

            if (parameter.IsFixed)
            {
                Fail(context, name, "can't set immutable config");
                return;
            }

            if (changes.Any(change => change.Parameter == parameter))
            {
                Fail(context, name, "duplicate parameter");
                return;
            }

            changes.Add((name, parameter, Encoding.UTF8.GetString(args[i + 1])));
        }

        ServerSettings settings = context.Settings;
        string[] before = [.. changes.Select(change => change.Parameter.Show(settings))];
        for (int i = 0; i < changes.Count; i++)
        {
            (string name, ConfigParameter parameter, string value) = changes[i];
            string? wrong = parameter.Change(settings, value);
            if (wrong is null && (wrong = context.Engine.Server.ApplySetting(parameter.Name, parameter.Show(settings))) is not null)
            {
                parameter.Change(settings, before[i]);
            }

            if (wrong is not null)
            {
                TakeBack(context, changes, before, i);
                Fail(context, name, wrong);
                return;
            }
        }

        if (changes.Exists(change => change.Parameter.Name is "maxmemory" or "maxmemory-policy"))
        {
            context.Engine.MemoryLimit.LimitChanged();
        }

        context.Reply.Ok();
    }

    public static void ResetStatistics(CommandContext context)
    {
        context.Engine.Statistics.Reset();
        context.Engine.LazyFree.ResetStatistics();
        context.Engine.MemoryLimit.ResetStatistics();
        context.Reply.Ok();
    }

    public static void Rewrite(CommandContext context)
    {
        if (context.Engine.Server.RewriteConfiguration() is { } error)
        {
            context.Reply.Error(error);
            return;
        }

        context.Reply.Ok();
    }

    private static void TakeBack(
        CommandContext context, List<(string Name, ConfigParameter Parameter, string Value)> changes, string[] before, int count)
    {
        for (int i = 0; i < count; i++)
        {
            changes[i].Parameter.Change(context.Settings, before[i]);
            context.Engine.Server.ApplySetting(changes[i].Parameter.Name, before[i]);
        }
    }

    private static void Fail(CommandContext context, string name, string what) =>
        context.Reply.Error($"ERR CONFIG SET failed (possibly related to argument '{name}') - {what}");

    private static void AddIfAsked(CommandContext context, string name, ConfigParameter parameter, List<(string Name, string Value)> shown)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (GlobPattern.IsMatch(context.Args[i], bytes, ignoreCase: true))
            {
                shown.Add((name, parameter.Show(context.Settings)));
                return;
            }
        }
    }
}
