namespace AkkaKv.Tests.Replication;

/// <summary>Test nodes under one clock.</summary>
internal sealed class TestCluster(params TestNode[] nodes)
{
    private const int PieceMax = 1 << 20;

    public long Now { get; private set; }

    /// <summary>Lets the nodes work until nothing more happens at this moment.</summary>
    public void Settle(int pieceMax = PieceMax)
    {
        for (var isBusy = true; isBusy;)
        {
            isBusy = false;
            foreach (var node in nodes)
                isBusy |= node.Pump(Now, pieceMax);
        }
    }

    /// <summary>Lets time pass in steps of ten milliseconds.</summary>
    public void Pass(long milliseconds, int pieceMax = PieceMax)
    {
        for (var end = Now + milliseconds; Now < end; Now += 10)
            Settle(pieceMax);
        Settle(pieceMax);
    }
}
