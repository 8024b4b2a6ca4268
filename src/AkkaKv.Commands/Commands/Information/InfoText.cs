using System.Globalization;
using System.Text;

namespace AkkaKv.Commands.Commands.Information;

/// <summary>The text of INFO while it is being written: sections of <c>name:value</c> lines.</summary>
internal sealed class InfoText
{
    private readonly StringBuilder _text = new();

    public void Section(string title)
    {
        if (_text.Length > 0)
        {
            _text.Append("\r\n");
        }

        _text.Append("# ").Append(title).Append("\r\n");
    }

    public void Field(string name, string value) => _text.Append(name).Append(':').Append(value).Append("\r\n");

    public void Field(string name, long value) => Field(name, value.ToString(CultureInfo.InvariantCulture));

    public void Flag(string name, bool value) => Field(name, value ? "1" : "0");

    public void Fraction(string name, double value, int digits = 2) =>
        Field(name, value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    public void Memory(string name, long bytes)
    {
        Field(name, bytes);
        Field(name + "_human", Configuration.MemorySize.Format(bytes));
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());
}
