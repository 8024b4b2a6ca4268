using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>LCS key1 key2 [LEN | IDX [MINMATCHLEN n] [WITHMATCHLEN]]: the longest common subsequence of two strings.</summary>
internal static class LcsCommand
{
    /// <summary>Runs the command.</summary>
    public static void Run(CommandContext context)
    {
        Entry first = context.LookupRead(context.Args[1]);
        Entry second = context.LookupRead(context.Args[2]);
        if ((first.Exists && first.Type != DataType.String) || (second.Exists && second.Type != DataType.String))
        {
            context.Reply.Error("ERR The specified keys must contain string values"u8);
            return;
        }

        if (!TryParseOptions(context, out Options options))
        {
            return;
        }

        // The second look-up may have removed an expired key, which ends the first entry's validity.
        first = context.LookupQuiet(context.Args[1]);
        ReadOnlySpan<byte> left = first.Exists ? first.StringValue : default;
        ReadOnlySpan<byte> right = second.Exists ? second.StringValue : default;
        if (LongestCommonSubsequence.TableBytes(left.Length, right.Length) > context.SizeLimit())
        {
            context.Reply.Error("ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len"u8);
            return;
        }

        LongestCommonSubsequence common = new(left, right);
        if (options.Runs)
        {
            ReplyRuns(context.Reply, common.Runs(left, right, options.MinimumLength), common.Length, options.WithLengths);
        }
        else if (options.LengthOnly)
        {
            context.Reply.Integer(common.Length);
        }
        else
        {
            context.Reply.Bulk(common.Text(left, right));
        }
    }

    private static bool TryParseOptions(CommandContext context, out Options options)
    {
        options = default;
        Arguments arguments = context.Args;
        for (int i = 3; i < arguments.Count; i++)
        {
            ReadOnlySpan<byte> word = arguments[i];
            if (Ascii.EqualsIgnoreCase(word, "IDX"u8))
            {
                options.Runs = true;
            }
            else if (Ascii.EqualsIgnoreCase(word, "LEN"u8))
            {
                options.LengthOnly = true;
            }
            else if (Ascii.EqualsIgnoreCase(word, "WITHMATCHLEN"u8))
            {
                options.WithLengths = true;
            }
            else if (Ascii.EqualsIgnoreCase(word, "MINMATCHLEN"u8) && i + 1 < arguments.Count)
            {
                if (!context.TryReadInteger(++i, out options.MinimumLength))
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

        if (options.Runs && options.LengthOnly)
        {
            context.Reply.Error("ERR If you want both the length and indexes, please just use IDX."u8);
            return false;
        }

        return true;
    }

    private static void ReplyRuns(ReplyWriter reply, List<CommonRun> runs, int length, bool withLengths)
    {
        reply.Map(2);
        reply.Bulk("matches"u8);
        reply.Array(runs.Count);
        foreach (CommonRun run in runs)
        {
            reply.Array(withLengths ? 3 : 2);
            reply.Array(2);
            reply.Integer(run.FirstStart);
            reply.Integer(run.FirstEnd);
            reply.Array(2);
            reply.Integer(run.SecondStart);
            reply.Integer(run.SecondEnd);
            if (withLengths)
            {
                reply.Integer(run.Length);
            }
        }

        reply.Bulk("len"u8);
        reply.Integer(length);
    }

    private struct Options
    {
        public bool Runs;
        public bool LengthOnly;
        public bool WithLengths;
        public long MinimumLength;
    }
}
