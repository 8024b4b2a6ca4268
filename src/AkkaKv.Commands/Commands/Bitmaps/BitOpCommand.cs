using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>BITOP AND|OR|XOR|NOT destination source…: the length of the result, which is that of the longest source.</summary>
internal static class BitOpCommand
{
    private const int FirstSource = 3;

    /// <summary>Runs the command.</summary>
    public static void Run(CommandContext context)
    {
        if (!TryParseOperation(context.Args[1], out BitwiseOperation operation))
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        if (operation == BitwiseOperation.Not && context.Args.Count != FirstSource + 1)
        {
            context.Reply.Error("ERR BITOP NOT must be called with a single source key."u8);
            return;
        }

        int length = 0;
        for (int i = FirstSource; i < context.Args.Count; i++)
        {
            Entry source = context.LookupRead(context.Args[i]);
            if (source.Exists && source.Type != DataType.String)
            {
                context.Reply.Error(ErrorText.WrongType);
                return;
            }

            length = Math.Max(length, source.Exists ? source.StringValue.Length : 0);
        }

        ReadOnlySpan<byte> destination = context.Args[2];
        if (length > 0)
        {
            byte[] result = new byte[length];
            Combine(context, operation, result);
            Entry entry = context.OverwriteString(destination, result, Database.NoExpiry);
            entry.Form = StringForm.Raw;
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, destination);
        }
        else if (context.Database.Remove(destination))
        {
            context.SignalModified(destination);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, destination);
        }

        context.Reply.Integer(length);
    }

    private static void Combine(CommandContext context, BitwiseOperation operation, Span<byte> result)
    {
        // A master removed all expired keys in the look-ups before, so these change nothing; on a replica they stay hidden.
        Entry first = context.LookupQuiet(context.Args[FirstSource]);
        if (first.Exists)
        {
            first.StringValue.CopyTo(result);
        }

        if (operation == BitwiseOperation.Not)
        {
            BitwiseKernel.Invert(result);
            return;
        }

        for (int i = FirstSource + 1; i < context.Args.Count; i++)
        {
            Entry source = context.LookupQuiet(context.Args[i]);
            BitwiseKernel.Fold(operation, result, source.Exists ? source.StringValue : default);
        }
    }

    private static bool TryParseOperation(ReadOnlySpan<byte> word, out BitwiseOperation operation)
    {
        operation = Ascii.EqualsIgnoreCase(word, "AND"u8) ? BitwiseOperation.And
            : Ascii.EqualsIgnoreCase(word, "OR"u8) ? BitwiseOperation.Or
            : Ascii.EqualsIgnoreCase(word, "XOR"u8) ? BitwiseOperation.Xor
            : BitwiseOperation.Not;
        return operation != BitwiseOperation.Not || Ascii.EqualsIgnoreCase(word, "NOT"u8);
    }
}
