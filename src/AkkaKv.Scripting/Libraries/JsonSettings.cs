namespace AkkaKv.Scripting.Libraries;

/// <summary>What the functions cjson.encode_… and cjson.decode_… set, with their defaults.</summary>
internal sealed class JsonSettings
{
    public bool SparseConvert { get; set; }

    public int SparseRatio { get; set; } = 2;

    public int SparseSafe { get; set; } = 10;

    public int EncodeDepthMax { get; set; } = 1000;

    public int DecodeDepthMax { get; set; } = 1000;

    /// <summary>Infinities and NaN: refused, written, or written as null.</summary>
    public JsonInvalidNumbers EncodeInvalidNumbers { get; set; }

    /// <summary>Whether hexadecimal numbers, infinities and NaN are read.</summary>
    public bool DecodeInvalidNumbers { get; set; } = true;

    public int Precision { get; set; } = 14;

    public bool KeepBuffer { get; set; } = true;
}

/// <summary>What is done with numbers that JSON does not have.</summary>
internal enum JsonInvalidNumbers
{
    Refused,
    Written,
    Null,
}
