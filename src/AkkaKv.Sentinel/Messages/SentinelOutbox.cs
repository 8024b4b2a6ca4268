using System.Collections;

namespace AkkaKv.Sentinel;

/// <summary>The effects of one or several steps, in order. Reused by the host; not thread-safe.</summary>
public sealed class SentinelOutbox : IReadOnlyList<SentinelEffect>
{
    private readonly List<SentinelEffect> _effects = [];

    /// <inheritdoc/>
    public int Count => _effects.Count;

    /// <inheritdoc/>
    public SentinelEffect this[int index] => _effects[index];

    /// <summary>Appends an effect.</summary>
    public void Add(SentinelEffect effect) => _effects.Add(effect);

    /// <summary>Forgets the effects; the host has performed them.</summary>
    public void Clear() => _effects.Clear();

    /// <inheritdoc/>
    public IEnumerator<SentinelEffect> GetEnumerator() => _effects.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
