using System.Globalization;
using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The MEMORY subcommands.</summary>
internal static class MemoryCommands
{
    public static void Usage(CommandContext context)
    {
        for (int i = 3; i < context.Args.Count; i += 2)
        {
            if (!context.IsWord(i, "SAMPLES"u8) || i + 1 >= context.Args.Count)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }

            if (!context.TryReadInteger(i + 1, out long samples))
            {
                return;
            }

            if (samples < 0)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }
        }

        Entry entry = context.LookupQuiet(context.Args[2]);
        if (entry.Exists)
        {
            context.Reply.Integer(entry.MemoryUsage);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    /// <summary>Gives free memory back to the operating system, which otherwise happens bit by bit.</summary>
    public static void Purge(CommandContext context)
    {
        context.Store.ReleaseIdleMemory();
        context.Reply.Ok();
    }

    /// <summary>What the allocator of keys and values holds, for each size of block.</summary>
    public static void AllocatorStatistics(CommandContext context)
    {
        StoreMemory memory = context.Store.DescribeMemory();
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"used {memory.Used}, active {memory.Active}, resident {memory.Resident}, reserved {memory.Reserved}, in large blocks {memory.Large}\n");
        text.Append("block size     in use       free      pages  filled\n");
        foreach (BlockSizeMemory size in context.Store.DescribeBlockSizes())
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{size.BlockSize,10} {size.UsedBlocks,10} {size.FreeBlocks,10} {size.Pages,10} {100.0 * size.UsedBlocks / (size.UsedBlocks + size.FreeBlocks),6:0.0}%\n");
        }

        context.Reply.Verbatim(Encoding.ASCII.GetBytes(text.ToString()), "txt"u8);
    }
}
