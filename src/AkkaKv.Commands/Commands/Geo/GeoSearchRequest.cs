using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>Which of the family a request is.</summary>
internal enum GeoSearchForm
{
    /// <summary>GEORADIUS: coordinates and radius at fixed places.</summary>
    Radius,

    /// <summary>GEORADIUSBYMEMBER: member and radius at fixed places.</summary>
    RadiusByMember,

    /// <summary>GEOSEARCH: everything by words.</summary>
    Search,

    /// <summary>GEOSEARCHSTORE: the destination first.</summary>
    SearchStore,
}

/// <summary>The order of the results.</summary>
internal enum GeoOrder
{
    None,
    NearestFirst,
    FarthestFirst,
}

/// <summary>The request of GEORADIUS, GEORADIUSBYMEMBER, their read-only forms, GEOSEARCH and GEOSEARCHSTORE.</summary>
internal sealed class GeoSearchRequest
{
    private readonly CommandContext _context;
    private readonly GeoSearchForm _form;
    private readonly bool _mayStore;
    private GeoShape _shape;
    private bool _hasCenter;
    private bool _isFromMember;
    private bool _hasShape;

    private GeoSearchRequest(CommandContext context, GeoSearchForm form, bool mayStore, Entry entry)
    {
        _context = context;
        _form = form;
        _mayStore = mayStore;
        Entry = entry;
    }

    /// <summary>The key that is searched; it may be missing.</summary>
    public Entry Entry { get; }

    /// <summary>What is searched.</summary>
    public GeoShape Shape => _shape;

    /// <summary>The argument that is the key to store to; 0: none.</summary>
    public int StoreIndex { get; private set; }

    /// <summary>Whether distances are stored as scores.</summary>
    public bool StoresDistance { get; private set; }

    /// <summary>WITHDIST.</summary>
    public bool WithDistance { get; private set; }

    /// <summary>WITHHASH.</summary>
    public bool WithHash { get; private set; }

    /// <summary>WITHCOORD.</summary>
    public bool WithPoint { get; private set; }

    /// <summary>ANY: as soon as there are enough results the search ends.</summary>
    public bool IsAny { get; private set; }

    /// <summary>COUNT; 0: all.</summary>
    public long Count { get; private set; }

    /// <summary>ASC and DESC.</summary>
    public GeoOrder Order { get; private set; }

    private bool IsSearch => _form is GeoSearchForm.Search or GeoSearchForm.SearchStore;

    /// <summary>Reads everything in Redis's order; null when it was refused, and the error is written.</summary>
    public static GeoSearchRequest? TryRead(CommandContext context, GeoSearchForm form, bool mayStore)
    {
        int source = form == GeoSearchForm.SearchStore ? 2 : 1;
        if (!context.TryRead(context.Args[source], DataType.ZSet, out Entry entry))
        {
            return null;
        }

        GeoSearchRequest request = new(context, form, mayStore, entry);
        return request.TryReadFixed(out int next) && request.TryReadWords(next) && request.IsConsistent() ? request : null;
    }

    private bool TryReadFixed(out int next)
    {
        next = 2;
        switch (_form)
        {
            case GeoSearchForm.Radius:
                next = 6;
                if (!_context.TryReadPoint(2, out GeoPoint center))
                {
                    return false;
                }

                _shape = _shape with { Center = center };
                return _context.TryReadCircle(4, ref _shape);
            case GeoSearchForm.RadiusByMember:
                next = 5;

                // A missing key has no members; what the answer is depends on the words.
                return !Entry.Exists || (TryReadMember(2) && _context.TryReadCircle(3, ref _shape));
            case GeoSearchForm.SearchStore:
                StoreIndex = 1;
                next = 3;
                return true;
            default:
                return true;
        }
    }

    private bool TryReadMember(int index)
    {
        if (!GeoPointCommands.TryFind(_context, Entry, index, out GeoPoint center))
        {
            _context.Reply.Error("ERR could not decode requested zset member"u8);
            return false;
        }

        _shape = _shape with { Center = center };
        return true;
    }

    private bool TryReadWords(int first)
    {
        for (int i = first; i < _context.Args.Count;)
        {
            int rest = _context.Args.Count - i - 1;
            int used = ReadFlag(i) ? 1 : ReadStore(i, rest);
            if (used == 0 && rest >= 1 && _context.IsWord(i, "COUNT"u8))
            {
                used = TryReadCount(i + 1) ? 2 : -1;
            }

            if (used == 0 && IsSearch)
            {
                used = ReadShape(i, rest);
            }

            if (used == 0)
            {
                _context.Reply.Error(ErrorText.Syntax);
            }

            if (used <= 0)
            {
                return false;
            }

            i += used;
        }

        return true;
    }

    private bool ReadFlag(int index)
    {
        WithDistance |= _context.IsWord(index, "WITHDIST"u8);
        WithHash |= _context.IsWord(index, "WITHHASH"u8);
        WithPoint |= _context.IsWord(index, "WITHCOORD"u8);
        IsAny |= _context.IsWord(index, "ANY"u8);
        if (_context.IsWord(index, "ASC"u8) || _context.IsWord(index, "DESC"u8))
        {
            Order = _context.IsWord(index, "ASC"u8) ? GeoOrder.NearestFirst : GeoOrder.FarthestFirst;
            return true;
        }

        return _context.IsWord(index, "WITHDIST"u8) || _context.IsWord(index, "WITHHASH"u8)
            || _context.IsWord(index, "WITHCOORD"u8) || _context.IsWord(index, "ANY"u8);
    }

    /// <summary>STORE and STOREDIST; how many arguments that were.</summary>
    private int ReadStore(int index, int rest)
    {
        bool distances = _context.IsWord(index, "STOREDIST"u8);
        if (_form == GeoSearchForm.SearchStore && distances)
        {
            StoresDistance = true;
            return 1;
        }

        if (!_mayStore || IsSearch || rest < 1 || !(distances || _context.IsWord(index, "STORE"u8)))
        {
            return 0;
        }

        StoreIndex = index + 1;
        StoresDistance = distances;
        return 2;
    }

    private bool TryReadCount(int index)
    {
        if (!_context.TryReadInteger(index, out long count))
        {
            return false;
        }

        Count = count;
        if (count > 0)
        {
            return true;
        }

        _context.Reply.Error("ERR COUNT must be > 0"u8);
        return false;
    }

    /// <summary>The words of GEOSEARCH that say where and how large; how many arguments that were, -1: refused with another error.</summary>
    private int ReadShape(int index, int rest)
    {
        bool isFromPoint = _hasCenter && !_isFromMember;
        if (rest >= 1 && !isFromPoint && _context.IsWord(index, "FROMMEMBER"u8))
        {
            _hasCenter = _isFromMember = true;
            return !Entry.Exists || TryReadMember(index + 1) ? 2 : -1;
        }

        if (rest >= 2 && !_isFromMember && _context.IsWord(index, "FROMLONLAT"u8))
        {
            if (!_context.TryReadPoint(index + 1, out GeoPoint center))
            {
                return -1;
            }

            _shape = _shape with { Center = center };
            _hasCenter = true;
            return 3;
        }

        if (rest >= 2 && !(_hasShape && _shape.IsBox) && _context.IsWord(index, "BYRADIUS"u8))
        {
            _hasShape = true;
            return _context.TryReadCircle(index + 1, ref _shape) ? 3 : -1;
        }

        if (rest >= 3 && !(_hasShape && !_shape.IsBox) && _context.IsWord(index, "BYBOX"u8))
        {
            _hasShape = true;
            return _context.TryReadBox(index + 1, ref _shape) ? 4 : -1;
        }

        return 0;
    }

    private bool IsConsistent()
    {
        string name = System.Text.Encoding.Latin1.GetString(_context.Args[0]);
        string? error = StoreIndex != 0 && (WithDistance || WithHash || WithPoint)
            ? $"ERR {(IsSearch ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS")} is not compatible with WITHDIST, WITHHASH and WITHCOORD options"
            : IsSearch && !_hasCenter ? $"ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for {name}"
            : IsSearch && !_hasShape ? $"ERR exactly one of BYRADIUS and BYBOX can be specified for {name}"
            : IsAny && Count == 0 ? "ERR the ANY argument requires COUNT argument"
            : null;
        if (error is not null)
        {
            _context.Reply.Error(error);
            return false;
        }

        if (Count > 0 && Order == GeoOrder.None && !IsAny)
        {
            // Some of many only make sense as the nearest ones.
            Order = GeoOrder.NearestFirst;
        }

        return true;
    }
}
