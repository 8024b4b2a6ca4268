using System.Text;
using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands;

/// <summary>
/// What HSCAN, SSCAN and ZSCAN have in common: key cursor [MATCH pattern] [COUNT n], and a reply in which the cursor stands before elements of which nobody knows
/// beforehand how many there are. The walk's state, which must not hold spans, therefore is a class; one per scan.
/// </summary>
internal sealed class ElementScan
{
    private const long DefaultCount = 10;

    // A table with few elements in many buckets must not make one scan walk it all.
    private const long StepsPerElementWanted = 10;

    private readonly OutputBuffer _gathered = new();
    private readonly CommandContext _context;
    private int _patternArgument;
    private long _stepsLeft;
    private long _wanted = DefaultCount;
    private long _written;

    private ElementScan(CommandContext context)
    {
        _context = context;
        Reply = new ReplyWriter(_gathered) { RespVersion = context.Reply.RespVersion };
    }

    /// <summary>Where the elements go for now.</summary>
    public ReplyWriter Reply { get; }

    /// <summary>
    /// Reads the arguments in Redis's order: cursor, key, its type, options. Null when that was answered already: an error, or the key is missing.
    /// </summary>
    public static ElementScan? TryBegin(CommandContext context, DataType type, out ulong cursor, out Entry entry)
    {
        entry = default;
        if (!ScanCursor.TryParse(context.Args[2], out cursor))
        {
            context.Reply.Error("ERR invalid cursor"u8);
            return null;
        }

        if (!context.TryRead(context.Args[1], type, out entry))
        {
            return null;
        }

        if (!entry.Exists)
        {
            context.Reply.Literal("*2\r\n$1\r\n0\r\n*0\r\n"u8);
            return null;
        }

        ElementScan scan = new(context);
        return scan.TryReadOptions() ? scan : null;
    }

    /// <summary>Whether an element is wanted; ask it for every element.</summary>
    public bool Matches(ReadOnlySpan<byte> element) =>
        _patternArgument == 0 || GlobPattern.IsMatch(_context.Args[_patternArgument], element);

    /// <summary>Counts the items of the reply that were written for an element.</summary>
    public void Wrote(int items) => _written += items;

    /// <summary>Whether the walk goes on after a step that gave this cursor.</summary>
    public bool GoesOn(ulong cursor) => cursor != 0 && _stepsLeft-- > 0 && _written < _wanted;

    /// <summary>Answers.</summary>
    public void End(ulong cursor)
    {
        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        System.Buffers.Text.Utf8Formatter.TryFormat(cursor, digits, out int length);
        _context.Reply.Array(2);
        _context.Reply.Bulk(digits[..length]);
        _context.Reply.Array(_written);
        if (!_context.Reply.Muted)
        {
            _gathered.MoveTo(_context.Reply.Output);
        }

        _gathered.Clear();
    }

    private bool TryReadOptions()
    {
        for (int i = 3; i < _context.Args.Count; i += 2)
        {
            ReadOnlySpan<byte> word = _context.Args[i];
            bool hasValue = i + 1 < _context.Args.Count;
            if (Ascii.EqualsIgnoreCase(word, "COUNT"u8) && hasValue)
            {
                if (!_context.TryReadInteger(i + 1, out _wanted))
                {
                    return false;
                }

                if (_wanted < 1)
                {
                    _context.Reply.Error(ErrorText.Syntax);
                    return false;
                }
            }
            else if (Ascii.EqualsIgnoreCase(word, "MATCH"u8) && hasValue)
            {
                _patternArgument = GlobPattern.IsMatchAll(_context.Args[i + 1]) ? 0 : i + 1;
            }
            else
            {
                _context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        _stepsLeft = _wanted > long.MaxValue / StepsPerElementWanted ? long.MaxValue : _wanted * StepsPerElementWanted;
        return true;
    }
}
