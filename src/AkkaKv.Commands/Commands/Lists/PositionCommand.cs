using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LPOS key element [RANK r] [COUNT n] [MAXLEN m]: where the element is.</summary>
internal static class PositionCommand
{
    public static void Run(CommandContext context)
    {
        if (!TryReadOptions(context, out Options options))
        {
            return;
        }

        Entry entry = context.LookupRead(context.Args[1]);
        if (!entry.Exists)
        {
            ReplyNothing(context, options);
            return;
        }

        if (entry.Type != DataType.List)
        {
            context.Reply.Error(ErrorText.WrongType);
            return;
        }

        ListView list = context.Database.ReadList(entry);
        long length = list.Count;
        long compared = options.MaxLength == 0 ? length : Math.Min(options.MaxLength, length);
        var search = new Search(context.Reply, options);
        if (options.Rank > 0)
        {
            long index = 0;
            foreach (Element element in list.Range(0, compared))
            {
                if (element.Equals(context.Args[2]) && search.Ends(index))
                {
                    break;
                }

                index++;
            }
        }
        else
        {
            long index = length - 1;
            foreach (Element element in list.Reverse(length - 1, compared))
            {
                if (element.Equals(context.Args[2]) && search.Ends(index))
                {
                    break;
                }

                index--;
            }
        }

        search.Complete();
    }

    private static void ReplyNothing(CommandContext context, in Options options)
    {
        if (options.Count >= 0)
        {
            context.Reply.Array(0);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    private static bool TryReadOptions(CommandContext context, out Options options)
    {
        long rank = 1;
        long count = -1;
        long maxLength = 0;
        options = default;
        for (int i = 3; i < context.Args.Count; i += 2)
        {
            bool hasValue = i + 1 < context.Args.Count;
            if (hasValue && context.IsWord(i, "RANK"u8))
            {
                if (!context.TryReadInteger(i + 1, out rank))
                {
                    return false;
                }

                if (rank == 0)
                {
                    context.Reply.Error(
                        "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list"u8);
                    return false;
                }
            }
            else if (hasValue && context.IsWord(i, "COUNT"u8))
            {
                if (!context.TryReadAtLeast(i + 1, 0, "ERR COUNT can't be negative"u8, out count))
                {
                    return false;
                }
            }
            else if (hasValue && context.IsWord(i, "MAXLEN"u8))
            {
                if (!context.TryReadAtLeast(i + 1, 0, "ERR MAXLEN can't be negative"u8, out maxLength))
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

        options = new Options(rank, count, maxLength);
        return true;
    }

    /// <param name="Rank">The match to begin with; negative: counted from the end.</param>
    /// <param name="Count">How many matches to answer, 0: all; -1: one, and not as an array.</param>
    /// <param name="MaxLength">How many elements to look at; 0: all.</param>
    private readonly record struct Options(long Rank, long Count, long MaxLength);

    /// <summary>Takes the matches in and writes those that are wanted.</summary>
    private ref struct Search
    {
        private readonly ReplyWriter _reply;
        private readonly long _wanted;
        private readonly OpenAggregate _array;
        private long _skipped;
        private long _found;

        public Search(ReplyWriter reply, in Options options)
        {
            _reply = reply;

            // The smallest number has no positive counterpart: in Redis 7.0 it then stands for the first match, and for no end of them.
            bool isSmallest = options.Rank == long.MinValue;
            _wanted = isSmallest ? Math.Min(options.Count, 0) : options.Count;
            _skipped = isSmallest ? 0 : Math.Abs(options.Rank) - 1;
            _array = options.Count >= 0 ? reply.BeginArray() : default;
        }

        /// <summary>A match; whether it was the last one wanted.</summary>
        public bool Ends(long index)
        {
            if (_skipped > 0)
            {
                _skipped--;
                return false;
            }

            _found++;
            _reply.Integer(index);
            return _wanted < 0 || _found == _wanted;
        }

        public readonly void Complete()
        {
            if (_wanted >= 0)
            {
                _reply.EndArray(_array, _found);
            }
            else if (_found == 0)
            {
                _reply.NullBulk();
            }
        }
    }
}
