namespace AkkaKv.Tests.Keyspace;

/// <summary>
/// Random operations against a plain dictionary, on guarded memory: freed blocks are poisoned, a write to one or a second free throws.
/// </summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData(1, 20, 20_000)]
    [InlineData(2, 300, 40_000)]
    [InlineData(3, 5_000, 60_000)]
    [InlineData(4, 5_000, 60_000)]
    public void Random_operations_agree_with_a_plain_dictionary(int seed, int keyCount, int operations)
    {
        using var run = new ModelledStore(seed, keyCount);
        run.Execute(operations);
    }

    [Fact]
    public void Waves_of_growth_and_shrinking_agree_with_a_plain_dictionary()
    {
        using var run = new ModelledStore(5, 30_000);
        for (var wave = 0; wave < 3; wave++)
        {
            run.FillAndDrain();
            run.CheckAll();
        }
    }
}
