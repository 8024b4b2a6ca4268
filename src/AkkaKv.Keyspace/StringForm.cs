namespace AkkaKv.Keyspace;

/// <summary>
/// How a string value came to be, which is all that OBJECT ENCODING cannot compute from its bytes: Redis shows a value that was changed in
/// place as "raw" whatever its length.
/// </summary>
public enum StringForm : byte
{
    /// <summary>Written as a whole: "int", "embstr" or "raw" by its content.</summary>
    Plain = 0,

    /// <summary>Changed in place (APPEND, SETRANGE, SETBIT): "raw".</summary>
    Raw = 1,

    /// <summary>Written as a whole by a command whose result Redis does not try to store as a number (INCRBYFLOAT): "embstr" or "raw" by its length.</summary>
    Text = 2,
}
