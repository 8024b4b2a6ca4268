using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>Reads the number of a database: SELECT, MOVE, COPY … DB.</summary>
internal static class DatabaseArgument
{
    /// <summary>
    /// The database that argument <paramref name="argument"/> names; answers the error itself when it returns false. What does not even fit 32 bits has
    /// another error, as in Redis.
    /// </summary>
    public static bool TryReadDatabase(this CommandContext context, int argument, out Database database)
    {
        database = context.Database;
        if (!context.TryReadInteger(argument, out long number))
        {
            return false;
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            context.Reply.Error("ERR value is out of range, value must between -2147483648 and 2147483647"u8);
            return false;
        }

        if (number < 0 || number >= context.Store.DatabaseCount)
        {
            context.Reply.Error(ErrorText.DatabaseOutOfRange);
            return false;
        }

        database = context.Store[(int)number];
        return true;
    }
}
