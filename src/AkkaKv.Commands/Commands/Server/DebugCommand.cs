using System.Buffers.Text;
using System.Globalization;
using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Persistence;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The DEBUG subcommands that tests of servers and clients use.</summary>
internal static class DebugCommand
{
    public static void Run(CommandContext context)
    {
        int count = context.Args.Count;
        if (context.IsWord(1, "SLEEP"u8) && count == 3)
        {
            Sleep(context);
        }
        else if (context.IsWord(1, "OBJECT"u8) && count == 3)
        {
            DescribeEntry(context);
        }
        else if (context.IsWord(1, "SET-ACTIVE-EXPIRE"u8) && count == 3)
        {
            context.Settings.ActiveExpire = !context.Args[2].SequenceEqual("0"u8);
            context.Reply.Ok();
        }
        else if (context.IsWord(1, "POPULATE"u8) && count is >= 3 and <= 5)
        {
            Populate(context);
        }
        else if (context.IsWord(1, "ERROR"u8) && count == 3)
        {
            context.Reply.Error(context.Args[2]);
        }
        else if (context.IsWord(1, "DIGEST"u8) && count == 2)
        {
            context.Reply.SimpleString(Encoding.ASCII.GetBytes(DataDigest.Of(context.Store)));
        }
        else if (context.IsWord(1, "DIGEST-VALUE"u8) && count >= 2)
        {
            DigestValues(context);
        }
        else if (context.IsWord(1, "RELOAD"u8) && count == 2)
        {
            Reload(context);
        }
        else if (context.IsWord(1, "JMAP"u8) && count == 2)
        {
            DescribeHeap(context);
        }
        else if (context.IsWord(1, "PROTOCOL"u8) && count == 3)
        {
            DebugProtocol.Write(context);
        }
        else if (context.IsWord(1, "HELP"u8) && count == 2)
        {
            Help(context);
        }
        else
        {
            string name = Encoding.Latin1.GetString(context.Args[1][..Math.Min(128, context.Args[1].Length)]);
            context.Reply.Error($"ERR unknown subcommand or wrong number of arguments for '{name}'. Try DEBUG HELP.");
        }
    }

    private static void Sleep(CommandContext context)
    {
        ReadOnlySpan<byte> argument = context.Args[2];
        if (!Utf8Parser.TryParse(argument, out double seconds, out int used) || used != argument.Length || !(seconds >= 0) || seconds > 86400)
        {
            context.Reply.Error(ErrorText.NotAFloat);
            return;
        }

        context.Engine.Server.Sleep(TimeSpan.FromSeconds(seconds));
        context.Reply.Ok();
    }

    private static void DescribeEntry(CommandContext context)
    {
        Entry entry = context.Database.Find(context.Args[2]);
        if (!entry.Exists)
        {
            context.Reply.Error(ErrorText.NoSuchKey);
            return;
        }

        long idle = AccessClock.IdleSeconds(entry.AccessClock, context.NowMs);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"Value at:0x0 refcount:1 encoding:{Encoding.ASCII.GetString(Keys.ObjectCommands.EncodingOf(entry))} serializedlength:{DumpPayload.SizeOf(entry, compress: true)} lru:{entry.AccessClock} lru_seconds_idle:{idle}");
        context.Reply.SimpleString(Encoding.ASCII.GetBytes(line));
    }

    private static void Reload(CommandContext context)
    {
        if (context.Engine.Server.Reload() is { } error)
        {
            context.Reply.Error(error);
            return;
        }

        context.Reply.Ok();
    }

    private static void DigestValues(CommandContext context)
    {
        int count = context.Args.Count - 2;
        context.Reply.Array(count);
        for (int i = 0; i < count; i++)
        {
            context.Reply.SimpleString(Encoding.ASCII.GetBytes(DataDigest.OfValue(context.Database.Find(context.Args[i + 2]))));
        }
    }

    private static void Populate(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long count))
        {
            return;
        }

        string prefix = context.Args.Count > 3 ? Encoding.Latin1.GetString(context.Args[3]) : "key";
        long size = 0;
        if (context.Args.Count > 4 && !context.TryReadInteger(4, out size))
        {
            return;
        }

        if (count < 0 || size < 0 || size > context.Settings.ProtoMaxBulkLength)
        {
            context.Reply.Error(ErrorText.NotPositive);
            return;
        }

        for (long i = 0; i < count; i++)
        {
            byte[] key = Encoding.Latin1.GetBytes($"{prefix}:{i}");
            if (context.Database.Find(key).Exists)
            {
                continue;
            }

            byte[] value = Encoding.ASCII.GetBytes($"value:{i}");
            if (size > 0)
            {
                Array.Resize(ref value, (int)size);
            }

            context.Database.SetString(key, value, Database.NoExpiry);
            context.SignalModified(key);
        }

        context.Reply.Ok();
    }

    private static void DescribeHeap(CommandContext context)
    {
        Store store = context.Store;
        context.Reply.Array(store.DatabaseCount + 1);
        context.Reply.SimpleString(Encoding.ASCII.GetBytes($"used:{store.UsedMemory} reserved:{store.ReservedMemory}"));
        for (int i = 0; i < store.DatabaseCount; i++)
        {
            Database database = store[i];
            context.Reply.SimpleString(
                Encoding.ASCII.GetBytes($"db{i}: keys:{database.Count} expires:{database.ExpiringCount} used:{database.UsedMemory} resizing:{database.IsResizing}"));
        }
    }

    private static void Help(CommandContext context)
    {
        string[] lines =
        [
            "DEBUG has these subcommands:",
            "DIGEST: Answers a digest of all data, the same as a Redis with the same data.",
            "DIGEST-VALUE key [key ...]: Answers a digest of each value.",
            "ERROR text: Answers that error.",
            "JMAP: Shows how much memory each database takes.",
            "OBJECT key: Shows the inside of a value.",
            "POPULATE count [prefix [size]]: Creates that many string keys.",
            "PROTOCOL string|integer|double|null|array|set|map|push|verbatim|true|false|bignum: Answers a reply of that type.",
            "RELOAD: Saves the data and loads what was saved in their place.",
            "SET-ACTIVE-EXPIRE 0|1: Switches the search for expired keys off or on.",
            "SLEEP seconds: Stops the server for that time.",
        ];
        context.Reply.Array(lines.Length);
        foreach (string line in lines)
        {
            context.Reply.SimpleString(Encoding.ASCII.GetBytes(line));
        }
    }
}
