namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws the commands of a differential run from a seed.</summary>
/// <param name="seed">The seed.</param>
/// <param name="commands">What draws one command each; all are equally likely.</param>
internal sealed class CommandGenerator(int seed, Func<ArgumentPool, IEnumerable<byte[]>>[] commands)
{
    private readonly ArgumentPool _pool = new(new Random(seed));

    /// <summary>About <paramref name="count"/> commands; transactions stay together in one step.</summary>
    public List<Step> Steps(int count)
    {
        List<Step> steps = [];
        for (int made = 0; made < count;)
        {
            Step step = _pool.Chance(3) ? Transaction()
                : _pool.Chance(4) ? new Step([new Request([_pool.Word("SELECT"), _pool.Chance(95) ? _pool.Number(0, 4) : _pool.OddNumber()])])
                : new Step([Command()]);
            steps.Add(step);
            made += step.Requests.Count;
        }

        return steps;
    }

    private Step Transaction()
    {
        List<Request> requests = [Request.Of("MULTI")];
        for (int left = _pool.Random.Next(6); left > 0; left--)
        {
            Request request = Command();
            if (!ReplyComparison.IsApproximate(request))
            {
                requests.Add(request);
            }
        }

        requests.Add(Request.Of(_pool.Chance(85) ? "EXEC" : "DISCARD"));
        return new Step(requests);
    }

    private Request Command()
    {
        List<byte[]> arguments = [.. _pool.Pick<Func<ArgumentPool, IEnumerable<byte[]>>>(commands)(_pool)];
        if (_pool.Chance(4) && !SetGenerators.IsFragile(arguments) && !SortedSetGenerators.MustKeepOneScore(arguments))
        {
            Spoil(arguments);
        }

        return new Request([.. arguments]);
    }

    /// <summary>One argument more, one less, or another one in its place; never the command name.</summary>
    private void Spoil(List<byte[]> arguments)
    {
        int place = _pool.Random.Next(1, arguments.Count + 1);
        switch (_pool.Random.Next(3))
        {
            case 0 when arguments.Count > 1:
                arguments.RemoveAt(arguments.Count - 1);
                break;
            case 1 when place < arguments.Count:
                arguments[place] = _pool.Pick<byte[]>(_pool.OddNumber(), _pool.Key(), ArgumentPool.Bytes("GET"), ArgumentPool.Bytes("bogus"));
                break;
            default:
                arguments.Add(_pool.Pick<byte[]>(_pool.Key(), ArgumentPool.Bytes("NX"), ArgumentPool.Bytes("bogus")));
                break;
        }
    }
}
