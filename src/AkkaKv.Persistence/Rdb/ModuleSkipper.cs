namespace AkkaKv.Persistence.Rdb;

/// <summary>Passes over what a module has written, a part at a time: parts name their kind, and the last one says that it is the last.</summary>
internal sealed class ModuleSkipper(RdbLimits limits)
{
    private const int EndPart = 0;
    private const int SignedPart = 1;
    private const int UnsignedPart = 2;
    private const int FloatPart = 3;
    private const int DoublePart = 4;
    private const int StringPart = 5;

    private readonly StringReader _strings = new(limits);

    /// <summary>True while there are parts to come.</summary>
    public bool IsInside { get; private set; }

    /// <summary>Reads which module's data follow and when the module wrote them.</summary>
    public bool TryBegin(ref RdbCursor cursor, out string name)
    {
        name = "";
        if (!cursor.TryNumber(out var number) || !cursor.TryNumber(out var kind) || !cursor.TryNumber(out _))
            return false;
        if (kind != UnsignedPart)
            throw new RdbRefusedException("data of a module that do not say when they were written");
        name = ModuleName.Of(number);
        IsInside = true;
        return true;
    }

    /// <summary>Passes over the next part.</summary>
    public bool TryContinue(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var kind))
            return false;
        switch (kind)
        {
            case EndPart:
                IsInside = false;
                return true;
            case SignedPart or UnsignedPart:
                return cursor.TryNumber(out _);
            case FloatPart:
                return cursor.TryBytes(sizeof(float), out _);
            case DoublePart:
                return cursor.TryBytes(sizeof(double), out _);
            case StringPart:
                return _strings.TryRead(ref cursor, out _);
            default:
                throw new RdbRefusedException($"data of a module with a part of the unknown kind {kind}");
        }
    }
}
