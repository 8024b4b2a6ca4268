using System.Collections;
using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>Which commands a selector allows: one bit for each row of the table, and for some commands only with certain first arguments.</summary>
internal sealed class AllowedCommands
{
    private readonly CommandTable _table;
    private readonly BitArray _bits;
    private readonly SortedDictionary<int, List<string>> _firstArguments = [];

    public AllowedCommands(CommandTable table)
    {
        _table = table;
        _bits = new BitArray(table.IdCount);
    }

    private AllowedCommands(AllowedCommands other)
    {
        _table = other._table;
        _bits = new BitArray(other._bits);
        IsAll = other.IsAll;
        IncludesFuture = other.IncludesFuture;
        foreach ((int id, List<string> arguments) in other._firstArguments)
        {
            _firstArguments.Add(id, [.. arguments]);
        }
    }

    /// <summary>Whether every command is allowed, so that nothing needs to be looked at.</summary>
    public bool IsAll { get; private set; }

    /// <summary>Whether the rules began with all commands, so that commands of later versions are allowed too.</summary>
    public bool IncludesFuture { get; private set; }

    public AllowedCommands Clone() => new(this);

    public bool Contains(CommandRow row) => _bits[row.Id];

    /// <summary>The first arguments with which a command is allowed that otherwise is not.</summary>
    public IReadOnlyList<string> FirstArguments(CommandRow row) => _firstArguments.TryGetValue(row.Id, out List<string>? arguments) ? arguments : [];

    public void SetAll(bool allowed)
    {
        _bits.SetAll(allowed);
        _firstArguments.Clear();
        IsAll = IncludesFuture = allowed;
    }

    /// <summary>Allows or forbids a command with its subcommands.</summary>
    public void Set(CommandRow row, bool allowed)
    {
        SetBit(row, allowed);
        _firstArguments.Remove(row.Id);
        foreach (CommandRow subcommand in row.Subcommands)
        {
            SetBit(subcommand, allowed);
        }
    }

    /// <summary>Allows or forbids all commands of a category.</summary>
    public void SetCategory(AclCategories category, bool allowed)
    {
        foreach (CommandRow row in _table.RowsAndSubcommands)
        {
            if ((row.AllCategories & category) != 0)
            {
                Set(row, allowed);
            }
        }
    }

    /// <summary>Allows a command with a first argument.</summary>
    public void AddFirstArgument(CommandRow row, string argument)
    {
        if (!_firstArguments.TryGetValue(row.Id, out List<string>? arguments))
        {
            _firstArguments.Add(row.Id, arguments = []);
        }

        if (!arguments.Contains(argument, StringComparer.OrdinalIgnoreCase))
        {
            arguments.Add(argument);
        }
    }

    private void SetBit(CommandRow row, bool allowed)
    {
        _bits[row.Id] = allowed;
        IsAll &= allowed;
    }
}
