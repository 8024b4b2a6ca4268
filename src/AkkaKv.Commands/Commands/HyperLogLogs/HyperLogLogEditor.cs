using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>Raises registers of a HyperLogLog in place. While it works the value may have room at its end, which <see cref="Complete"/> takes away.</summary>
internal ref struct HyperLogLogEditor
{
    // Made at once, so that a sparse value is not resized for each of many elements.
    private const int Room = 24;

    private readonly CommandContext _context;
    private readonly ReadOnlySpan<byte> _key;
    private Span<byte> _buffer;
    private int _length;

    private HyperLogLogEditor(CommandContext context, ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        _context = context;
        _key = key;
        _buffer = buffer;
        _length = buffer.Length;
    }

    /// <summary>The value.</summary>
    public readonly ReadOnlySpan<byte> Value => _buffer[.._length];

    /// <summary>Opens the value of a key, or gives a missing key a value without elements.</summary>
    public static HyperLogLogEditor Open(CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (entry.Exists)
        {
            return new HyperLogLogEditor(context, key, context.OpenString(key, entry.StringValue.Length));
        }

        Span<byte> value = context.OpenString(key, HyperLogLogFormat.HeaderSize + SparseRegisters.EmptySize);
        HyperLogLogFormat.WriteSparseHeader(value);
        SparseRegisters.WriteEmpty(value[HyperLogLogFormat.HeaderSize..]);
        return new HyperLogLogEditor(context, key, value);
    }

    /// <summary>Raises a register to at least <paramref name="value"/>; a sparse value becomes dense where Redis's would.</summary>
    public RaiseOutcome Raise(int register, byte value)
    {
        if (HyperLogLogFormat.IsDense(_buffer))
        {
            return DenseRegisters.Raise(_buffer[HyperLogLogFormat.HeaderSize..], register, value) ? RaiseOutcome.Raised : RaiseOutcome.Unchanged;
        }

        int header = HyperLogLogFormat.HeaderSize;
        if (value <= SparseRun.MaxValue)
        {
            if (!SparsePlace.TryFind(_buffer[header.._length], register, out SparsePlace place))
            {
                return RaiseOutcome.Damaged;
            }

            if (place.Run.Value >= value)
            {
                return RaiseOutcome.Unchanged;
            }

            if (_buffer.Length < _length + SparseRegisters.MaxGrowth)
            {
                _buffer = _context.OpenString(_key, _length + Room);
            }

            long limit = _context.Settings.HllSparseMaxBytes - header;
            int length = SparseRegisters.Raise(_buffer[header..], _length - header, place, register, value, limit);
            if (length >= 0)
            {
                _length = header + length;
                HyperLogLogFormat.MarkStale(_buffer);
                return RaiseOutcome.Raised;
            }
        }

        return TryMakeDense() ? Raise(register, value) : RaiseOutcome.Damaged;
    }

    /// <summary>Turns a sparse value into a dense one, which keeps its estimate; false when it is damaged.</summary>
    public bool TryMakeDense()
    {
        if (HyperLogLogFormat.IsDense(_buffer))
        {
            return true;
        }

        Span<byte> dense = stackalloc byte[DenseRegisters.Size];
        dense.Clear();
        if (!SparseRegisters.TryWriteDense(_buffer[HyperLogLogFormat.HeaderSize.._length], dense))
        {
            return false;
        }

        _length = HyperLogLogFormat.DenseSize;
        _buffer = _context.OpenString(_key, _length);
        HyperLogLogFormat.MarkDense(_buffer);
        dense.CopyTo(_buffer[HyperLogLogFormat.HeaderSize..]);
        return true;
    }

    /// <summary>Says that the kept estimate no longer holds.</summary>
    public readonly void MarkStale() => HyperLogLogFormat.MarkStale(_buffer);

    /// <summary>Gives the value its length; to be called at the end whatever happened.</summary>
    public void Complete()
    {
        if (_buffer.Length != _length)
        {
            _buffer = _context.OpenString(_key, _length);
        }
    }
}

/// <summary>What raising a register did.</summary>
internal enum RaiseOutcome
{
    /// <summary>Nothing: it was high enough.</summary>
    Unchanged,

    /// <summary>The register is higher now.</summary>
    Raised,

    /// <summary>Nothing: the value is damaged.</summary>
    Damaged,
}
