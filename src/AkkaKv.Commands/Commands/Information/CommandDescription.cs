using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>Writes a command's row as COMMAND INFO and COMMAND DOCS show it.</summary>
internal static class CommandDescription
{
    public static void WriteInfo(ReplyWriter reply, CommandRow row)
    {
        reply.Array(10);
        reply.Bulk(row.FullName);
        reply.Integer(row.Arity);
        var flags = CommandFlagNames.All.Where(pair => row.Has(pair.Flag)).ToArray();
        reply.Set(flags.Length);
        foreach ((_, string name) in flags)
        {
            reply.SimpleString(System.Text.Encoding.ASCII.GetBytes(name));
        }

        (int first, int last, int step) = PlainRange(row);
        reply.Integer(first);
        reply.Integer(last);
        reply.Integer(step);
        var categories = AclCategoryNames.All.Where(pair => (row.AllCategories & pair.Category) != 0).ToArray();
        reply.Set(categories.Length);
        foreach ((_, string name) in categories)
        {
            reply.SimpleString(System.Text.Encoding.ASCII.GetBytes("@" + name));
        }

        // Tips for clients that spread commands over a cluster.
        reply.Set(0);
        reply.Set(row.Keys.Count);
        foreach (KeySpec spec in row.Keys)
        {
            WriteKeySpec(reply, spec);
        }

        CommandRow[] subcommands = [.. row.Subcommands.Where(subcommand => subcommand.Handler is not null)];
        reply.Set(subcommands.Length);
        foreach (CommandRow subcommand in subcommands)
        {
            WriteInfo(reply, subcommand);
        }
    }

    public static void WriteDocs(ReplyWriter reply, CommandRow row)
    {
        CommandRow[] subcommands = [.. row.Subcommands.Where(subcommand => subcommand.Handler is not null)];
        int docFlags = (row.Deprecated is null ? 0 : 1) + (row.IsInternal ? 1 : 0);
        reply.Map(
            3 + (row.Complexity.Length > 0 ? 1 : 0) + (docFlags > 0 ? 1 : 0) + (row.Deprecated is null ? 0 : 2) + (subcommands.Length > 0 ? 1 : 0));
        Pair(reply, "summary", row.Summary);
        Pair(reply, "since", row.Since);
        Pair(reply, "group", GroupName(row.Group));
        if (row.Complexity.Length > 0)
        {
            Pair(reply, "complexity", row.Complexity);
        }

        if (docFlags > 0)
        {
            reply.Bulk("doc_flags"u8);
            reply.Set(docFlags);
            if (row.Deprecated is not null)
            {
                reply.SimpleString("deprecated"u8);
            }

            if (row.IsInternal)
            {
                reply.SimpleString("syscmd"u8);
            }
        }

        if (row.Deprecated is { } deprecated)
        {
            Pair(reply, "deprecated_since", deprecated.Since);
            Pair(reply, "replaced_by", deprecated.ReplacedBy);
        }

        if (subcommands.Length > 0)
        {
            reply.Bulk("subcommands"u8);
            reply.Map(subcommands.Length);
            foreach (CommandRow subcommand in subcommands)
            {
                reply.Bulk(subcommand.FullName);
                WriteDocs(reply, subcommand);
            }
        }
    }

    /// <summary>First key, last key and step of the commands whose keys are a range of positions: what clients older than key specifications read.</summary>
    public static (int First, int Last, int Step) PlainRange(CommandRow row)
    {
        KeySpec? spec = row.Keys.FirstOrDefault(spec => spec is { Begin: SearchIndex, Find: KeyRange });
        if (spec is not { Begin: SearchIndex begin, Find: KeyRange range } || !ReferenceEquals(spec, row.Keys[0]))
        {
            return (0, 0, 0);
        }

        return (begin.Position, LastOfAll(row, begin.Position, range.Last), range.Step);
    }

    public static string GroupName(CommandGroup group) => group switch
    {
        CommandGroup.SortedSet => "sorted-set",
        _ => group.ToString().ToLowerInvariant(),
    };

    /// <summary>
    /// The last position, negative from the end. RENAME and BITOP have two specifications, one behind the other; together they are one range.
    /// </summary>
    private static int LastOfAll(CommandRow row, int begin, int lastFromBegin)
    {
        int last = lastFromBegin < 0 ? lastFromBegin : begin + lastFromBegin;
        foreach (KeySpec spec in row.Keys.Skip(1))
        {
            if (last >= 0 && spec is { Begin: SearchIndex next, Find: KeyRange range } && next.Position == last + 1)
            {
                last = range.Last < 0 ? range.Last : next.Position + range.Last;
            }
        }

        return last;
    }

    private static void WriteKeySpec(ReplyWriter reply, KeySpec spec)
    {
        reply.Map(spec.Notes.Length > 0 ? 4 : 3);
        if (spec.Notes.Length > 0)
        {
            Pair(reply, "notes", spec.Notes);
        }

        string[] flags = spec.Flags.Split(' ');
        reply.Bulk("flags"u8);
        reply.Set(flags.Length);
        foreach (string flag in flags)
        {
            reply.SimpleString(System.Text.Encoding.ASCII.GetBytes(flag));
        }

        reply.Bulk("begin_search"u8);
        switch (spec.Begin)
        {
            case SearchIndex index:
                TypeAndSpec(reply, "index", 1);
                Pair(reply, "index", index.Position);
                break;
            case SearchKeyword keyword:
                TypeAndSpec(reply, "keyword", 2);
                Pair(reply, "keyword", keyword.Keyword);
                Pair(reply, "startfrom", keyword.StartFrom);
                break;
            default:
                TypeAndSpec(reply, "unknown", 0);
                break;
        }

        reply.Bulk("find_keys"u8);
        switch (spec.Find)
        {
            case KeyRange range:
                TypeAndSpec(reply, "range", 3);
                Pair(reply, "lastkey", range.Last);
                Pair(reply, "keystep", range.Step);
                Pair(reply, "limit", range.Limit);
                break;
            case KeyCount count:
                TypeAndSpec(reply, "keynum", 3);
                Pair(reply, "keynumidx", count.NumberIndex);
                Pair(reply, "firstkey", count.FirstKey);
                Pair(reply, "keystep", count.Step);
                break;
            default:
                TypeAndSpec(reply, "unknown", 0);
                break;
        }
    }

    private static void TypeAndSpec(ReplyWriter reply, string type, int pairs)
    {
        reply.Map(2);
        Pair(reply, "type", type);
        reply.Bulk("spec"u8);
        reply.Map(pairs);
    }

    private static void Pair(ReplyWriter reply, string name, string value)
    {
        reply.Bulk(name);
        reply.Bulk(value);
    }

    private static void Pair(ReplyWriter reply, string name, long value)
    {
        reply.Bulk(name);
        reply.Integer(value);
    }
}
