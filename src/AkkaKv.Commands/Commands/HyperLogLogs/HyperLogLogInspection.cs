using System.Buffers.Binary;
using System.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>PFDEBUG and PFSELFTEST.</summary>
internal static class HyperLogLogInspection
{
    private const int SelfTestElements = 100_000;

    // Six standard errors of 1.04 / sqrt(16384): what a correct implementation does not exceed.
    private const double SelfTestTolerance = 6 * 0.008125;

    /// <summary>PFDEBUG GETREG|DECODE|ENCODING|TODENSE key.</summary>
    public static void Debug(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[2];
        Entry entry = context.LookupWrite(key);
        if (!entry.Exists)
        {
            context.Reply.Error("ERR The specified key does not exist"u8);
            return;
        }

        if (!HyperLogLogValue.TryWrite(context, key, out entry))
        {
            return;
        }

        HyperLogLogEditor editor = HyperLogLogEditor.Open(context, key, entry);
        bool isDense = HyperLogLogFormat.IsDense(editor.Value);
        if (context.IsWord(1, "getreg"u8))
        {
            if (MakeDense(context, ref editor, isDense))
            {
                ReplyRegisters(context, editor.Value[HyperLogLogFormat.HeaderSize..]);
            }
        }
        else if (context.IsWord(1, "decode"u8))
        {
            if (isDense)
            {
                context.Reply.Error("ERR HLL encoding is not sparse"u8);
            }
            else
            {
                context.Reply.Bulk(Encoding.ASCII.GetBytes(Describe(editor.Value[HyperLogLogFormat.HeaderSize..])));
            }
        }
        else if (context.IsWord(1, "encoding"u8))
        {
            context.Reply.SimpleString(isDense ? "dense"u8 : "sparse"u8);
        }
        else if (context.IsWord(1, "todense"u8))
        {
            if (MakeDense(context, ref editor, isDense))
            {
                context.Reply.Integer(isDense ? 0 : 1);
            }
        }
        else
        {
            // Redis prints the word as C does, up to its first zero byte.
            string word = Encoding.Latin1.GetString(context.Args[1]).Split('\0')[0];
            context.Reply.Error($"ERR Unknown PFDEBUG subcommand '{word}'");
        }
    }

    /// <summary>
    /// PFSELFTEST: both forms of the registers are filled with the same elements and must agree all the way, and the estimate must be near the truth.
    /// </summary>
    public static void SelfTest(CommandContext context)
    {
        byte[] dense = new byte[DenseRegisters.Size];
        byte[] plain = new byte[HyperLogLogFormat.RegisterCount];
        byte[] sparse = new byte[2 * HyperLogLogFormat.RegisterCount];
        int sparseLength = SparseRegisters.EmptySize;
        SparseRegisters.WriteEmpty(sparse);
        Span<byte> element = stackalloc byte[sizeof(ulong)];
        for (int added = 1, next = 1; added <= SelfTestElements; added++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(element, context.Engine.NextRandom());
            (int register, byte value) = ElementHash.Of(element);
            DenseRegisters.Raise(dense, register, value);
            plain[register] = Math.Max(plain[register], value);
            if (value <= SparseRun.MaxValue && SparsePlace.TryFind(sparse.AsSpan(0, sparseLength), register, out SparsePlace place)
                && place.Run.Value < value)
            {
                sparseLength = SparseRegisters.Raise(sparse, sparseLength, place, register, value, sparse.Length - SparseRegisters.MaxGrowth);
            }

            if (added == next)
            {
                next *= 10;
                if (Fault(plain, dense, sparse.AsSpan(0, sparseLength), added) is { } fault)
                {
                    context.Reply.Error($"TESTFAILED {fault} after {added} elements");
                    return;
                }
            }
        }

        context.Reply.Ok();
    }

    private static string? Fault(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> dense, ReadOnlySpan<byte> sparse, int added)
    {
        Span<byte> sparseRegisters = stackalloc byte[HyperLogLogFormat.RegisterCount];
        sparseRegisters.Clear();
        if (!SparseRegisters.TryMergeInto(sparse, sparseRegisters))
        {
            return "Sparse registers are damaged";
        }

        for (int i = 0; i < plain.Length; i++)
        {
            if (DenseRegisters.Get(dense, i) != plain[i])
            {
                return $"Dense register {i} should be {plain[i]}";
            }

            if (sparseRegisters[i] != plain[i] && plain[i] <= SparseRun.MaxValue)
            {
                return $"Sparse register {i} should be {plain[i]}";
            }
        }

        long estimate = HyperLogLogValue.EstimateOf(plain);
        return Math.Abs(estimate - added) > Math.Ceiling(added * SelfTestTolerance) ? $"Too big an error: estimate {estimate}" : null;
    }

    /// <summary>Makes the value dense, which replicas must do too; answers the error itself when it returns false.</summary>
    private static bool MakeDense(CommandContext context, ref HyperLogLogEditor editor, bool isDense)
    {
        if (!editor.TryMakeDense())
        {
            context.Reply.Error(HyperLogLogValue.Damaged);
            return false;
        }

        context.SignalChanged(isDense ? 0 : 1);
        return true;
    }

    private static void ReplyRegisters(CommandContext context, ReadOnlySpan<byte> registers)
    {
        context.Reply.Array(HyperLogLogFormat.RegisterCount);
        for (int i = 0; i < HyperLogLogFormat.RegisterCount; i++)
        {
            context.Reply.Integer(DenseRegisters.Get(registers, i));
        }
    }

    /// <summary>The runs in words: z and Z for short and long runs of zeros with their length, v with value and length.</summary>
    private static string Describe(ReadOnlySpan<byte> runs)
    {
        StringBuilder text = new();
        for (int at = 0; at < runs.Length;)
        {
            SparseRun run = SparseRun.Read(runs, at);
            text.Append(text.Length == 0 ? "" : " ");
            text.Append(run.Value != 0 ? $"v:{run.Value},{run.Length}" : run.Size == 1 ? $"z:{run.Length}" : $"Z:{run.Length}");
            at += run.Size;
        }

        return text.ToString();
    }
}
