using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>How the scores of one member in several inputs become one.</summary>
internal enum Aggregate
{
    Sum,
    Min,
    Max,
}

/// <summary>Which words the commands of the family know.</summary>
[Flags]
internal enum AggregateWords
{
    None = 0,

    /// <summary>WEIGHTS and AGGREGATE.</summary>
    Scores = 1,

    /// <summary>WITHSCORES.</summary>
    WithScores = 2,

    /// <summary>LIMIT.</summary>
    Limit = 4,
}

/// <summary>The request of ZUNION, ZINTER, ZDIFF, their STORE forms, and ZINTERCARD: numkeys key [key ...] and words.</summary>
internal sealed class AggregateRequest
{
    private AggregateRequest(AggregateSource[] sources)
    {
        Sources = sources;
    }

    /// <summary>The inputs in the order of the request.</summary>
    public AggregateSource[] Sources { get; }

    /// <summary>AGGREGATE.</summary>
    public Aggregate Aggregate { get; private set; }

    /// <summary>WITHSCORES.</summary>
    public bool WithScores { get; private set; }

    /// <summary>LIMIT; 0: none.</summary>
    public long Limit { get; private set; }

    /// <summary>Reads the arguments from the number of keys on and looks the keys up; null when it was refused, and the error is written.</summary>
    public static AggregateRequest? TryRead(CommandContext context, int numkeysIndex, AggregateWords words)
    {
        if (!context.TryReadInteger(numkeysIndex, out long count))
        {
            return null;
        }

        if (count < 1)
        {
            context.Reply.Error($"ERR at least 1 input key is needed for '{context.Row.FullName}' command");
            return null;
        }

        int first = numkeysIndex + 1;
        if (count > context.Args.Count - first)
        {
            context.Reply.Error(ErrorText.Syntax);
            return null;
        }

        AggregateSource[] sources = new AggregateSource[count];
        for (int i = 0; i < sources.Length; i++)
        {
            Entry entry = context.LookupRead(context.Args[first + i]);
            if (entry.Exists && entry.Type is not (DataType.ZSet or DataType.Set))
            {
                context.Reply.Error(ErrorText.WrongType);
                return null;
            }

            sources[i] = new AggregateSource(entry, 1);
        }

        AggregateRequest request = new(sources);
        return request.TryReadWords(context, first + sources.Length, words) ? request : null;
    }

    /// <summary>Puts the inputs in the order in which Redis adds scores up, which floating-point sums depend on: the smallest first.</summary>
    public void SortByCount(Database database)
    {
        // Few, and those of equal size stay in their order.
        for (int i = 1; i < Sources.Length; i++)
        {
            AggregateSource source = Sources[i];
            long count = source.Count(database);
            int place = i;
            for (; place > 0 && Sources[place - 1].Count(database) > count; place--)
            {
                Sources[place] = Sources[place - 1];
            }

            Sources[place] = source;
        }
    }

    /// <summary>Combines a score with another one; infinities that cancel each other are 0.</summary>
    public double Combine(double score, double other)
    {
        switch (Aggregate)
        {
            case Aggregate.Min:
                return other < score ? other : score;
            case Aggregate.Max:
                return other > score ? other : score;
            default:
                double sum = score + other;
                return double.IsNaN(sum) ? 0 : sum;
        }
    }

    private bool TryReadWords(CommandContext context, int first, AggregateWords words)
    {
        for (int i = first; i < context.Args.Count;)
        {
            int rest = context.Args.Count - i - 1;
            if ((words & AggregateWords.Scores) != 0 && rest >= Sources.Length && context.IsWord(i, "WEIGHTS"u8))
            {
                if (!TryReadWeights(context, i + 1))
                {
                    return false;
                }

                i += Sources.Length + 1;
            }
            else if ((words & AggregateWords.Scores) != 0 && rest >= 1 && context.IsWord(i, "AGGREGATE"u8) && TryReadAggregate(context, i + 1))
            {
                i += 2;
            }
            else if ((words & AggregateWords.WithScores) != 0 && context.IsWord(i, "WITHSCORES"u8))
            {
                WithScores = true;
                i++;
            }
            else if ((words & AggregateWords.Limit) != 0 && rest >= 1 && context.IsWord(i, "LIMIT"u8))
            {
                if (!DecimalNumber.TryParse(context.Args[i + 1], out long limit) || limit < 0)
                {
                    context.Reply.Error("ERR LIMIT can't be negative"u8);
                    return false;
                }

                Limit = limit;
                i += 2;
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }

    private bool TryReadWeights(CommandContext context, int first)
    {
        for (int i = 0; i < Sources.Length; i++)
        {
            if (!DoubleReader.TryParse(context.Args[first + i], out double weight))
            {
                context.Reply.Error("ERR weight value is not a float"u8);
                return false;
            }

            Sources[i] = Sources[i] with { Weight = weight };
        }

        return true;
    }

    private bool TryReadAggregate(CommandContext context, int index)
    {
        Aggregate? aggregate = context.IsWord(index, "SUM"u8) ? Aggregate.Sum
            : context.IsWord(index, "MIN"u8) ? Aggregate.Min
            : context.IsWord(index, "MAX"u8) ? Aggregate.Max
            : null;
        Aggregate = aggregate ?? Aggregate;
        return aggregate is not null;
    }
}
