namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>Where the sparse form has a register. Places count from the beginning of the bytes behind the header.</summary>
/// <param name="At">Where the run begins that holds the register.</param>
/// <param name="Previous">Where the run before it begins; the same place for the first.</param>
/// <param name="FirstRegister">The first register of the run.</param>
/// <param name="Run">The run.</param>
internal readonly record struct SparsePlace(int At, int Previous, int FirstRegister, SparseRun Run)
{
    /// <summary>Finds a register; false when the runs end before it or in it, which means that the value is damaged.</summary>
    public static bool TryFind(ReadOnlySpan<byte> runs, int register, out SparsePlace place)
    {
        int at = 0;
        int previous = 0;
        int first = 0;
        while (at < runs.Length)
        {
            SparseRun run = SparseRun.Read(runs, at);
            if (at + run.Size > runs.Length)
            {
                break;
            }

            if (register < first + run.Length)
            {
                place = new SparsePlace(at, previous, first, run);
                return true;
            }

            previous = at;
            at += run.Size;
            first += run.Length;
        }

        place = default;
        return false;
    }
}
