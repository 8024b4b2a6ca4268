using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Tests.Keyspace.Values;

/// <summary>A listpack and a plain list that must hold the same. The pack lies in a buffer of exactly its size: a byte too much throws.</summary>
internal sealed class ListpackModel
{
    private byte[] _pack = NewPack();

    public List<byte[]> Elements { get; } = [];

    public ReadOnlySpan<byte> Pack => _pack;

    public static byte[] NewPack()
    {
        var pack = new byte[Listpack.EmptySize];
        Listpack.Initialize(pack);
        return pack;
    }

    public static byte[] PackOf(params byte[][] elements)
    {
        var model = new ListpackModel();
        foreach (var element in elements)
            model.Insert(model.Elements.Count, element);
        return model._pack;
    }

    public void Insert(int index, byte[] element)
    {
        var at = index == Elements.Count ? _pack.Length - 1 : Listpack.Seek(_pack, index);
        Array.Resize(ref _pack, _pack.Length + Listpack.EncodedSize(element));
        Assert.Equal(_pack.Length, Listpack.Insert(_pack, at, element));
        Elements.Insert(index, element);
    }

    public void Replace(int index, byte[] element)
    {
        var at = Listpack.Seek(_pack, index);
        var size = _pack.Length + Listpack.EncodedSize(element) - Listpack.EncodedSize(Elements[index]);
        if (size > _pack.Length)
            Array.Resize(ref _pack, size);
        Assert.Equal(size, Listpack.Replace(_pack, at, element));
        Array.Resize(ref _pack, size);
        Elements[index] = element;
    }

    public void Delete(int index, int count)
    {
        var size = Listpack.Delete(_pack, Listpack.Seek(_pack, index), count);
        Array.Resize(ref _pack, size);
        Elements.RemoveRange(index, Math.Min(count, Elements.Count - index));
    }

    /// <summary>Compares everything, forwards and backwards.</summary>
    public void Check()
    {
        Assert.Equal(_pack.Length, Listpack.TotalBytes(_pack));
        Assert.Equal(Elements.Count, Listpack.Count(_pack));
        Assert.True(Listpack.Validate(_pack, deep: true));
        var index = 0;
        for (var at = Listpack.First(_pack); at >= 0; at = Listpack.Next(_pack, at))
            CheckAt(at, Elements[index++]);
        Assert.Equal(Elements.Count, index);
        for (var at = Listpack.Last(_pack); at >= 0; at = Listpack.Previous(_pack, at))
            CheckAt(at, Elements[--index]);
        Assert.Equal(0, index);
    }

    private void CheckAt(int at, byte[] expected)
    {
        var element = Listpack.Get(_pack, at);
        Assert.True(element.AsBytes(new byte[Element.ScratchSize]).SequenceEqual(expected));
        Assert.Equal(expected.Length, element.Length);
        Assert.Equal(Element.Canonical(expected).IsInteger, element.IsInteger);
    }
}
