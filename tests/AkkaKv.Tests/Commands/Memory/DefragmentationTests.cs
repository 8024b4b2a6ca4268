using System.Globalization;
using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Memory;

public sealed class DefragmentationTests : IDisposable
{
    private readonly TestNode _node = new();

    public DefragmentationTests()
    {
        for (int i = 0; i < 60_000; i++)
        {
            _node.Store[i % 2].SetString(Key(i), new byte[100], Database.NoExpiry);
        }

        for (int i = 0; i < 60_000; i++)
        {
            if (i % 20 > 1)
            {
                _node.Store[i % 2].Remove(Key(i));
            }
        }
    }

    public void Dispose() => _node.Dispose();

    private static byte[] Key(int i) => Encoding.ASCII.GetBytes($"key:{i}");

    private double InfoField(string name) => double.Parse(
        _node.Do("INFO", "everything").Text.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..],
        CultureInfo.InvariantCulture);

    [Fact]
    public void Gaps_between_keys_are_closed_in_slices_between_commands()
    {
        Assert.True(InfoField("allocator_frag_ratio") > 5);
        _node.Line("CONFIG SET active-defrag-ignore-bytes 1mb");
        _node.Server.NanosecondsPerLook = 100_000;
        _node.Advance(100);
        Assert.Equal(25, InfoField("active_defrag_running"));
        double hits = InfoField("active_defrag_hits");
        Assert.InRange(hits, 1, 1000);
        int turns = _node.Server.TurnsRequested;
        Assert.True(turns > 0);
        _node.Engine.ContinueWork(_node.NowMs);
        Assert.Equal(turns + 1, _node.Server.TurnsRequested);
        for (int i = 0; InfoField("active_defrag_running") > 0; i++)
        {
            Assert.InRange(i, 0, 500);
            _node.Engine.ContinueWork(_node.NowMs);
            if (i % 20 == 0)
            {
                _node.Advance(100);
            }
        }

        Assert.True(InfoField("allocator_frag_bytes") < 1024 * 1024);
        Assert.True(InfoField("total_active_defrag_time") > 0);
        Assert.Equal(0, InfoField("current_active_defrag_time"));
        for (int i = 0; i < 60_000; i++)
        {
            Assert.Equal(i % 20 <= 1, _node.Store[i % 2].Find(Key(i)).Exists);
        }
    }

    [Fact]
    public void Little_waste_is_left_alone_and_so_is_all_when_it_is_switched_off()
    {
        _node.Advance(100);
        Assert.Equal(0, InfoField("active_defrag_running"));
        _node.Line("CONFIG SET active-defrag-ignore-bytes 1mb activedefrag no");
        _node.Advance(100);
        Assert.Equal((0, 0), (InfoField("active_defrag_running"), InfoField("active_defrag_hits")));
        _node.Line("CONFIG SET activedefrag yes active-defrag-threshold-lower 1000");
        _node.Advance(100);
        Assert.Equal(0, InfoField("active_defrag_hits"));
    }
}
