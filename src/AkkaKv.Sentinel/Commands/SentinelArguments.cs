using System.Globalization;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>A request of the sentinel's RESP port as text: small, rare, and passed between actors, so it is copied out of the buffer.</summary>
public sealed class SentinelArguments
{
    private readonly string[] _items;

    /// <summary>Copies the request.</summary>
    public SentinelArguments(in Arguments request)
    {
        _items = new string[request.Count];
        for (var index = 0; index < _items.Length; index++)
            _items[index] = Encoding.UTF8.GetString(request[index]);
    }

    /// <summary>A request by its words.</summary>
    public SentinelArguments(params string[] items) => _items = items;

    /// <summary>An argument counted from the end.</summary>
    public string this[Index index] => _items[index];

    /// <summary>How many, the command's name included.</summary>
    public int Count => _items.Length;

    /// <summary>An argument; 0 is the command's name.</summary>
    public string this[int index] => _items[index];

    /// <summary>The arguments from this index on.</summary>
    public ReadOnlySpan<string> From(int index) => _items.AsSpan(index);

    /// <summary>Whether the argument is this word, in any case.</summary>
    public bool Is(int index, string word) => _items[index].Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number as Redis reads it; false for anything else.</summary>
    public bool TryNumber(int index, out long number) => TryParse(_items[index], out number);

    /// <summary>A whole number without sign, space or leading zeros, except a leading minus.</summary>
    public static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == text;
}
