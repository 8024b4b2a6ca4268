namespace AkkaKv.Protocol;

/// <summary>
/// Splits an inline command as Redis does (sdssplitargs): arguments stand between blanks; in double quotes \xHH, \n, \r, \t, \b, \a and any other
/// escaped character are understood, in single quotes only \'; a closing quote must be followed by a blank or the end.
/// </summary>
internal static class InlineSplitter
{
    /// <summary>
    /// Adds the arguments of <paramref name="line"/> as ranges from its start. They are unquoted in place: unquoting never makes an argument
    /// longer. False when the quotes do not balance.
    /// </summary>
    public static bool Split(Span<byte> line, RequestBatch batch)
    {
        int read = 0;
        while (true)
        {
            while (read < line.Length && IsBlank(line[read]))
            {
                read++;
            }

            if (read == line.Length)
            {
                return true;
            }

            int start = read;
            int write = read;
            while (read < line.Length && !EndsArgument(line[read]))
            {
                byte quote = line[read];
                if (quote is not ((byte)'"' or (byte)'\''))
                {
                    line[write++] = line[read++];
                    continue;
                }

                read++;
                if (!Unquote(line, quote, ref read, ref write))
                {
                    return false;
                }

                break;
            }

            batch.AddRange(start, write - start);
        }
    }

    private static bool Unquote(Span<byte> line, byte quote, ref int read, ref int write)
    {
        while (read < line.Length)
        {
            byte current = line[read];
            if (current == quote)
            {
                read++;
                return read == line.Length || IsBlank(line[read]);
            }

            if (current == '\\' && read + 1 < line.Length)
            {
                byte escaped = line[read + 1];
                if (quote == '\'')
                {
                    if (escaped == '\'')
                    {
                        read++;
                        current = escaped;
                    }
                }
                else if (escaped == 'x' && read + 3 < line.Length && HexValue(line[read + 2]) is >= 0 and var high && HexValue(line[read + 3]) is >= 0 and var low)
                {
                    read += 3;
                    current = (byte)(high << 4 | low);
                }
                else
                {
                    read++;
                    current = escaped switch
                    {
                        (byte)'n' => (byte)'\n',
                        (byte)'r' => (byte)'\r',
                        (byte)'t' => (byte)'\t',
                        (byte)'b' => (byte)'\b',
                        (byte)'a' => (byte)'\a',
                        _ => escaped,
                    };
                }
            }

            line[write++] = current;
            read++;
        }

        return false;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static bool EndsArgument(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
