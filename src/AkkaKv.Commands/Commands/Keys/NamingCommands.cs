using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>RENAME, RENAMENX, MOVE and COPY: a value gets another name or another database, its expiry goes with it.</summary>
internal static class NamingCommands
{
    /// <summary>RENAME key newkey.</summary>
    public static void Rename(CommandContext context)
    {
        if (TryRename(context, onlyIfFree: false, out _))
        {
            context.Reply.Ok();
        }
    }

    /// <summary>RENAMENX key newkey: 1 if the new name was free.</summary>
    public static void RenameIfFree(CommandContext context)
    {
        if (TryRename(context, onlyIfFree: true, out bool renamed))
        {
            context.Reply.Integer(renamed ? 1 : 0);
        }
    }

    private static bool TryRename(CommandContext context, bool onlyIfFree, out bool renamed)
    {
        ReadOnlySpan<byte> from = context.Args[1];
        ReadOnlySpan<byte> to = context.Args[2];
        renamed = false;
        if (!context.LookupWrite(from).Exists)
        {
            context.Reply.Error(ErrorText.NoSuchKey);
            return false;
        }

        if (from.SequenceEqual(to) || (context.LookupWrite(to).Exists && onlyIfFree))
        {
            return true;
        }

        context.Database.Rename(from, to);
        context.SignalModified(from);
        context.SignalModified(to);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "rename_from"u8, from);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "rename_to"u8, to);
        renamed = true;
        return true;
    }

    /// <summary>MOVE key db: 1 if it was here and not there.</summary>
    public static void Move(CommandContext context)
    {
        if (!context.TryReadDatabase(2, out Database target))
        {
            return;
        }

        if (target == context.Database)
        {
            context.Reply.Error("ERR source and destination objects are the same"u8);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.LookupWrite(key).Exists || context.LookupIn(target, key).Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        context.Database.MoveTo(key, target);
        context.SignalModified(key);
        context.SignalModified(target, key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "move_from"u8, key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "move_to"u8, key, target);
        context.Reply.Integer(1);
    }

    /// <summary>COPY source destination [DB n] [REPLACE]: 1 if it was copied.</summary>
    public static void Copy(CommandContext context)
    {
        if (!TryReadCopyOptions(context, out Database target, out bool replaces))
        {
            return;
        }

        ReadOnlySpan<byte> from = context.Args[1];
        ReadOnlySpan<byte> to = context.Args[2];
        if (target == context.Database && from.SequenceEqual(to))
        {
            context.Reply.Error("ERR source and destination objects are the same"u8);
            return;
        }

        if (!context.LookupRead(from).Exists || (context.LookupIn(target, to).Exists && !replaces))
        {
            context.Reply.Integer(0);
            return;
        }

        context.Database.CopyTo(from, target, to);
        context.Touch(target.Find(to));
        context.SignalModified(target, to);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "copy_to"u8, to, target);
        context.Reply.Integer(1);
    }

    private static bool TryReadCopyOptions(CommandContext context, out Database target, out bool replaces)
    {
        target = context.Database;
        replaces = false;
        for (int i = 3; i < context.Args.Count; i++)
        {
            ReadOnlySpan<byte> word = context.Args[i];
            if (Ascii.EqualsIgnoreCase(word, "REPLACE"u8))
            {
                replaces = true;
            }
            else if (Ascii.EqualsIgnoreCase(word, "DB"u8) && i + 1 < context.Args.Count)
            {
                if (!context.TryReadDatabase(++i, out target))
                {
                    return false;
                }
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }
}
