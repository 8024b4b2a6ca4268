using Akka.Configuration;

namespace AkkaKv.Runtime.Tests.BuiltIn;

/// <summary>A text that is not HOCON is refused with the place where it stops being HOCON.</summary>
public class HoconErrorTests
{
    [Theory]
    [InlineData("a {\n  b = 1\n", 1, 3)]
    [InlineData("a = 1\n}", 2, 1)]
    [InlineData("a = [1, 2\nb = 3", 2, 3)]
    [InlineData("a = [1, 2", 1, 5)]
    [InlineData("a = 1\nb 2\n", 2, 4)]
    [InlineData("a = 1\nb = \"open\nc = 3", 2, 5)]
    [InlineData("a = \"\"\"open", 1, 5)]
    [InlineData("a = 127.0.0.1:7000", 1, 14)]
    [InlineData("a = \"\\x\"", 1, 6)]
    [InlineData("a = ,", 1, 5)]
    [InlineData("a = 1,, b = 2", 1, 7)]
    [InlineData("\n  a = ${b", 2, 10)]
    [InlineData("a = $b", 1, 5)]
    [InlineData("a = x [1]", 1, 7)]
    [InlineData("x = 1\ny = ${nowhere.set}", 2, 5)]
    [InlineData("a = ${b}\nb = ${a}", 2, 5)]
    [InlineData("b = [1]\na = x ${b}", 2, 7)]
    [InlineData("= 1", 1, 1)]
    [InlineData("a = }", 1, 5)]
    [InlineData("[1, 2]", 1, 1)]
    [InlineData("include \"x\"", 1, 1)]
    public void The_error_names_line_and_column(string text, int line, int column)
    {
        var error = Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString(text));
        Assert.StartsWith($"Line {line}, column {column}: ", error.Message);
    }

    [Theory]
    [InlineData("GetInt")]
    [InlineData("GetBoolean")]
    [InlineData("GetTimeSpan")]
    [InlineData("GetByteSize")]
    [InlineData("GetConfig")]
    [InlineData("GetIntList")]
    public void A_value_of_another_kind_is_an_error_that_names_the_path_and_the_value(string getter)
    {
        var config = ConfigurationFactory.ParseString("some.setting = fast");
        var error = Assert.Throws<ConfigurationException>(() => _ = getter switch
        {
            "GetInt" => (object)config.GetInt("some.setting"),
            "GetBoolean" => config.GetBoolean("some.setting"),
            "GetTimeSpan" => config.GetTimeSpan("some.setting"),
            "GetByteSize" => config.GetByteSize("some.setting")!,
            "GetConfig" => config.GetConfig("some.setting"),
            _ => config.GetIntList("some.setting"),
        });
        Assert.Contains("some.setting", error.Message);
        Assert.Contains("fast", error.Message);
    }
}
