namespace AkkaKv.Sentinel;

/// <summary>
/// The sentinels that may vote. A leader needs a majority of the <em>declared</em> voters, however many are alive or known, so that two
/// leaders in one epoch cannot be. Three forms: ids (only those count), a number (any known sentinel counts), or nothing: then, as in
/// Redis, whoever is known.
/// </summary>
public sealed class DeclaredVoters
{
    private readonly SortedSet<string> _ids;
    private readonly int _count;

    private DeclaredVoters(IEnumerable<string> ids, int count)
    {
        _ids = new SortedSet<string>(ids, StringComparer.Ordinal);
        _count = count;
    }

    /// <summary>Nothing is declared: every known sentinel votes.</summary>
    public static DeclaredVoters Anyone { get; } = new([], 0);

    /// <summary>Exactly these sentinels vote.</summary>
    public static DeclaredVoters Of(params string[] ids) => new(ids, 0);

    /// <summary>This many sentinels vote; which ones is learned.</summary>
    public static DeclaredVoters Number(int count) => new([], count);

    /// <summary>The declared ids in order; empty when only a number, or nothing, is declared.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>Whether the opinion and the vote of this sentinel count.</summary>
    public bool Includes(string id) => _ids.Count == 0 || _ids.Contains(id);

    /// <summary>How many voters there are when this many other sentinels are known.</summary>
    public int Total(int knownPeers) => _ids.Count > 0 ? _ids.Count : Math.Max(_count, knownPeers + 1);

    /// <summary>The smallest number of votes that no second candidate can reach in the same epoch.</summary>
    public int Majority(int knownPeers) => Total(knownPeers) / 2 + 1;
}
