using System.Text;
using AkkaKv.Commands.Table;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class CommandTableTests
{
    private static readonly CommandTable Table = CommandTable.Default;

    [Fact]
    public void Every_command_of_Redis_7_0_has_a_row()
    {
        Assert.Equal(240, Table.Rows.Count);
        Assert.True(Table.RowsAndSubcommands.Count() >= 366);
        Assert.Equal(Table.IdCount, Table.RowsAndSubcommands.Select(row => row.Id).Distinct().Count());
    }

    [Fact]
    public void Every_row_is_documented_and_consistent()
    {
        foreach (CommandRow row in Table.RowsAndSubcommands)
        {
            Assert.True(row.Summary.Length > 10 && row.Summary.EndsWith('.'), row.FullName);
            Assert.Matches(@"^\d+\.\d+\.\d+$", row.Since);
            Assert.NotEqual(0, row.Arity);
            Assert.Equal(row.Name.ToLowerInvariant(), row.Name);
            Assert.True(row.Complexity == "" || row.Complexity.StartsWith("O("), row.FullName + ": " + row.Complexity);
            Assert.False(row.Has(CommandFlags.Write) && row.Has(CommandFlags.ReadOnly), row.FullName);
            Assert.NotEqual(AclCategories.None, row.AllCategories & (AclCategories.Fast | AclCategories.Slow));
        }
    }

    [Fact]
    public void Data_commands_say_where_their_keys_are()
    {
        string[] withoutKeys =
        [
            "flushall", "flushdb", "swapdb", "randomkey", "keys", "scan", "dbsize", "restore-asking", "wait", "function|delete", "function|flush",
            "function|load", "function|restore", "lolwut", "memory|usage", "pfselftest",
        ];
        foreach (CommandRow row in Table.RowsAndSubcommands.Where(row => row.Has(CommandFlags.Write | CommandFlags.ReadOnly)))
        {
            Assert.True(row.Keys.Count > 0 || withoutKeys.Contains(row.FullName), row.FullName + " has no key specification");
        }
    }

    [Theory]
    [InlineData("get")]
    [InlineData("GET")]
    [InlineData("GeT")]
    public void A_command_is_found_in_any_case(string name) =>
        Assert.Equal("get", Table.Find(Encoding.ASCII.GetBytes(name))?.Name);

    [Theory]
    [InlineData("")]
    [InlineData("ge")]
    [InlineData("gett")]
    [InlineData("g\u0005t")]
    [InlineData("sentinel")]
    public void Other_names_are_not_found(string name) => Assert.Null(Table.Find(Encoding.ASCII.GetBytes(name)));

    [Fact]
    public void Looking_a_command_up_takes_no_memory()
    {
        Table.Find("set"u8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(Table.Find("SET"u8) is not null && Table.Find("nope"u8) is null);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_row_without_handler_answers_like_an_unknown_command()
    {
        using var node = new TestNode();
        foreach (CommandRow row in Table.Rows.Where(row => !row.IsServed))
        {
            Assert.Equal($"(error) ERR unknown command '{row.Name}', with args beginning with: 'a' 'b' ", node.Ask(row.Name, "a", "b"));
        }
    }

    [Fact]
    public void Every_served_command_checks_its_number_of_arguments()
    {
        using var node = new TestNode();
        foreach (CommandRow row in Table.RowsAndSubcommands.Where(row => row.Handler is not null && Math.Abs(row.Arity) > row.FullName.Split('|').Length))
        {
            string reply = node.Ask(row.FullName.Split('|'));
            Assert.Equal($"(error) ERR wrong number of arguments for '{row.FullName}' command", reply);
        }
    }
}
