namespace AkkaKv.Commands.Commands.Strings;

/// <summary>One run of bytes that both strings share; both ends included, as LCS IDX shows them.</summary>
public readonly record struct CommonRun(int FirstStart, int FirstEnd, int SecondStart, int SecondEnd)
{
    /// <summary>How many bytes the run has.</summary>
    public int Length => FirstEnd - FirstStart + 1;
}

/// <summary>
/// LCS: the classic table of (n+1)*(m+1) lengths, walked back from its end. Where two longest subsequences exist the walk prefers to
/// step back in the second string, so the answer is the one that Redis gives.
/// </summary>
public sealed class LongestCommonSubsequence
{
    private readonly uint[] _lengths;
    private readonly int _rowLength;
    private readonly int _firstLength;
    private readonly int _secondLength;

    /// <summary>Fills the table; the caller has checked <see cref="TableBytes"/>.</summary>
    public LongestCommonSubsequence(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _firstLength = first.Length;
        _secondLength = second.Length;
        _rowLength = second.Length + 1;
        _lengths = new uint[(long)(first.Length + 1) * _rowLength];
        for (int i = 1; i <= first.Length; i++)
        {
            Span<uint> above = _lengths.AsSpan((i - 1) * _rowLength, _rowLength);
            Span<uint> row = _lengths.AsSpan(i * _rowLength, _rowLength);
            byte wanted = first[i - 1];
            for (int j = 1; j <= second.Length; j++)
            {
                row[j] = second[j - 1] == wanted ? above[j - 1] + 1 : Math.Max(above[j], row[j - 1]);
            }
        }
    }

    /// <summary>The length of the longest common subsequence in bytes.</summary>
    public int Length => (int)_lengths[^1];

    /// <summary>The memory that the table takes for strings of these lengths.</summary>
    public static long TableBytes(long firstLength, long secondLength) => (firstLength + 1) * (secondLength + 1) * sizeof(uint);

    /// <summary>The subsequence itself.</summary>
    public byte[] Text(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        byte[] text = new byte[Length];
        int left = text.Length;
        for (int i = _firstLength, j = _secondLength; left > 0;)
        {
            if (first[i - 1] == second[j - 1])
            {
                text[--left] = first[i - 1];
                i--;
                j--;
            }
            else
            {
                StepBack(ref i, ref j);
            }
        }

        return text;
    }

    /// <summary>The shared runs of at least <paramref name="minimumLength"/> bytes, last one first.</summary>
    public List<CommonRun> Runs(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long minimumLength)
    {
        List<CommonRun> runs = [];
        int i = _firstLength;
        int j = _secondLength;
        while (i > 0 && j > 0)
        {
            if (first[i - 1] != second[j - 1])
            {
                StepBack(ref i, ref j);
                continue;
            }

            (int firstEnd, int secondEnd) = (i - 1, j - 1);
            while (i > 0 && j > 0 && first[i - 1] == second[j - 1])
            {
                i--;
                j--;
            }

            CommonRun run = new(i, firstEnd, j, secondEnd);
            if (run.Length >= minimumLength)
            {
                runs.Add(run);
            }
        }

        return runs;
    }

    private void StepBack(ref int i, ref int j)
    {
        if (_lengths[(i - 1) * _rowLength + j] > _lengths[i * _rowLength + j - 1])
        {
            i--;
        }
        else
        {
            j--;
        }
    }
}
