using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Table;
using AkkaKv.Commands.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>COMMAND and its subcommands: the table as clients read it. Only served commands are shown.</summary>
internal static class CommandCommands
{
    public static void All(CommandContext context)
    {
        CommandRow[] rows = [.. context.Engine.Table.Served];
        context.Reply.Array(rows.Length);
        foreach (CommandRow row in rows)
        {
            CommandDescription.WriteInfo(context.Reply, row);
        }
    }

    public static void Count(CommandContext context) => context.Reply.Integer(context.Engine.Table.Served.Count());

    public static void Info(CommandContext context)
    {
        if (context.Args.Count == 2)
        {
            All(context);
            return;
        }

        context.Reply.Array(context.Args.Count - 2);
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (context.Engine.Table.FindServed(context.Args[i]) is { } row)
            {
                CommandDescription.WriteInfo(context.Reply, row);
            }
            else
            {
                context.Reply.NullBulk();
            }
        }
    }

    public static void Docs(CommandContext context)
    {
        var rows = new List<CommandRow>();
        if (context.Args.Count == 2)
        {
            rows.AddRange(context.Engine.Table.Served);
        }
        else
        {
            for (int i = 2; i < context.Args.Count; i++)
            {
                if (context.Engine.Table.FindServed(context.Args[i]) is { } row)
                {
                    rows.Add(row);
                }
            }
        }

        context.Reply.Map(rows.Count);
        foreach (CommandRow row in rows)
        {
            context.Reply.Bulk(row.FullName);
            CommandDescription.WriteDocs(context.Reply, row);
        }
    }

    public static void List(CommandContext context)
    {
        Func<CommandRow, bool>? filter = null;
        if (context.Args.Count == 5 && context.IsWord(2, "FILTERBY"u8))
        {
            string asked = Encoding.Latin1.GetString(context.Args[4]);
            byte[] pattern = context.Args[4].ToArray();
            if (context.IsWord(3, "ACLCAT"u8))
            {
                AclCategories category = AclCategoryNames.All.FirstOrDefault(pair => pair.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)).Category;
                filter = row => (row.AllCategories & category) != 0;
            }
            else if (context.IsWord(3, "PATTERN"u8))
            {
                filter = row => GlobPattern.IsMatch(pattern, Encoding.ASCII.GetBytes(row.FullName), ignoreCase: true);
            }
            else if (context.IsWord(3, "MODULE"u8))
            {
                // There are no modules.
                filter = _ => false;
            }
        }
        else if (context.Args.Count == 2)
        {
            filter = row => row.Parent is null;
        }

        if (filter is null)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        CommandRow[] rows = [.. context.Engine.Table.RowsAndSubcommands.Where(row => row.IsServed && filter(row))];
        context.Reply.Set(rows.Length);
        foreach (CommandRow row in rows)
        {
            context.Reply.Bulk(row.FullName);
        }
    }

    public static void GetKeys(CommandContext context) => GetKeys(context, withFlags: false);

    public static void GetKeysAndFlags(CommandContext context) => GetKeys(context, withFlags: true);

    private static void GetKeys(CommandContext context, bool withFlags)
    {
        byte[][] inner = new byte[context.Args.Count - 2][];
        for (int i = 0; i < inner.Length; i++)
        {
            inner[i] = context.Args[i + 2].ToArray();
        }

        Arguments request = new OwnedArguments(inner).View;
        CommandRow? row = context.Engine.Table.Find(request[0]);
        if (row is { Subcommands.Count: > 0 } && request.Count > 1)
        {
            row = row.FindSubcommand(request[1]) ?? row;
        }

        if (row is null || !row.IsServed)
        {
            context.Reply.Error("ERR Invalid command specified"u8);
            return;
        }

        if (row.Keys.Count == 0)
        {
            context.Reply.Error("ERR The command has no key arguments"u8);
            return;
        }

        if (!row.AcceptsCount(request.Count))
        {
            context.Reply.Error("ERR Invalid number of arguments specified for command"u8);
            return;
        }

        var keys = new List<(int Position, KeySpec Spec)>();
        if (!KeyExtraction.TryFind(row, request, keys) || (keys.Count == 0 && !row.Has(CommandFlags.NoMandatoryKeys)))
        {
            context.Reply.Error("ERR Invalid arguments specified for command"u8);
            return;
        }

        Write(context.Reply, request, keys, withFlags);
    }

    private static void Write(ReplyWriter reply, in Arguments request, List<(int Position, KeySpec Spec)> keys, bool withFlags)
    {
        reply.Array(keys.Count);
        foreach ((int position, KeySpec spec) in keys)
        {
            if (!withFlags)
            {
                reply.Bulk(request[position]);
                continue;
            }

            string[] flags = spec.Flags.Split(' ');
            reply.Array(2);
            reply.Bulk(request[position]);
            reply.Set(flags.Length);
            foreach (string flag in flags)
            {
                reply.SimpleString(Encoding.ASCII.GetBytes(flag));
            }
        }
    }
}
