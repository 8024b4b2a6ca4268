using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace AkkaKv.Runtime.Tests.Configuration;

public class HoconTests
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    [Fact]
    public void Outer_braces_are_optional()
    {
        Assert.Equal(1, Parse("a = 1").GetInt("a"));
        Assert.Equal(1, Parse(" { \"a\" : 1 } ").GetInt("a"));
    }

    [Fact]
    public void Dotted_keys_are_nested_objects()
    {
        var config = Parse("a.b.c = 1\na { b { d = 2 } }");
        Assert.Equal(1, config.GetInt("a.b.c"));
        Assert.Equal(2, config.GetConfig("a.b")!.GetInt("d"));
    }

    [Fact]
    public void A_quoted_key_may_contain_dots()
    {
        var config = Parse("deployment { \"/user/a.b\" { dispatcher = x } }");
        Assert.Equal("x", config.GetString("deployment.\"/user/a.b\".dispatcher"));
    }

    [Fact]
    public void A_later_object_merges_and_a_later_text_replaces()
    {
        var config = Parse("a { x = 1, y = 1 }\na { y = 2 }\nb { x = 1 }\nb = gone");
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal("gone", config.GetString("b"));
        Assert.False(config.HasPath("b.x"));
    }

    [Fact]
    public void Comments_start_with_a_hash_or_two_slashes()
    {
        var config = Parse("# one\na = 1 // two\nb = \"# no // comment\" # three\n");
        Assert.Equal(1, config.GetInt("a"));
        Assert.Equal("# no // comment", config.GetString("b"));
    }

    [Fact]
    public void Texts_on_one_line_are_joined_with_the_blanks_between_them()
    {
        Assert.Equal("the quick  fox", Parse("a = the quick  fox  \n").GetString("a"));
        Assert.Equal("x y z", Parse("a = x \"y\" z").GetString("a"));
    }

    [Fact]
    public void Triple_quotes_keep_everything_between_them()
    {
        Assert.Equal("line \"1\"\n\\n ${x}", Parse("a = \"\"\"line \"1\"\n\\n ${x}\"\"\"").GetString("a"));
        Assert.Equal("ends with a quote\"", Parse("a = \"\"\"ends with a quote\"\"\"\"").GetString("a"));
    }

    [Fact]
    public void Escapes_are_those_of_JSON() => Assert.Equal("\t\"\\ä\n", Parse("a = \"\\t\\\"\\\\\\u00e4\\n\"").GetString("a"));

    [Fact]
    public void Arrays_take_commas_or_new_lines()
    {
        var config = Parse("a = [1, 2, 3]\nb = [\n x\n \"y z\"\n ]\nc = [{ n = 1 }, { n = 2 },]\nd = []");
        Assert.Equal([1, 2, 3], config.GetIntList("a"));
        Assert.Equal(["x", "y z"], config.GetStringList("b"));
        Assert.Equal([1, 2], config.GetValue("c")!.GetArray().Select(v => v.GetObject()!.GetKey("n")!.GetInt()));
        Assert.Empty(config.GetStringList("d"));
    }

    [Fact]
    public void Arrays_next_to_each_other_are_appended() => Assert.Equal([1, 2, 3], Parse("a = [1] [2, 3]").GetIntList("a"));

    [Fact]
    public void Objects_next_to_each_other_merge()
    {
        var config = Parse("a = { x = 1, y = 1 } { y = 2 }");
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
    }

    [Fact]
    public void A_substitution_stands_for_the_final_value_of_its_path()
    {
        var config = Parse("a = ${b.c}\nb.c = 1\nb.c = 2\nurl = \"http://\"${host}\":\"${b.c}\nhost = h");
        Assert.Equal(2, config.GetInt("a"));
        Assert.Equal("http://h:2", config.GetString("url"));
    }

    [Fact]
    public void A_substitution_may_be_an_object_that_is_extended()
    {
        var config = Parse("base { x = 1, y = 1 }\na = ${base} { y = 2 }\nc = ${base}\nc.z = 3");
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal(1, config.GetInt("c.x"));
        Assert.Equal(3, config.GetInt("c.z"));
        Assert.Equal(1, config.GetInt("base.y"));
    }

    [Fact]
    public void An_optional_substitution_that_finds_nothing_adds_nothing()
    {
        var config = Parse("a = x${?nowhere.at.all}y\nb = [1] ${?nowhere.at.all}");
        Assert.Equal("xy", config.GetString("a"));
        Assert.Equal([1], config.GetIntList("b"));
    }

    [Fact]
    public void A_substitution_falls_back_to_the_environment()
    {
        Environment.SetEnvironmentVariable("AKKAKV_TEST_VARIABLE", "from outside");
        Assert.Equal("from outside", Parse("a = ${AKKAKV_TEST_VARIABLE}").GetString("a"));
        Assert.Equal("inside", Parse("AKKAKV_TEST_VARIABLE = inside\na = ${?AKKAKV_TEST_VARIABLE}").GetString("a"));
    }

    [Fact]
    public void Plus_equals_appends_to_the_array()
    {
        Assert.Equal([1, 2, 3], Parse("a = [1]\na += 2\na += 3").GetIntList("a"));
        Assert.Equal(["x"], Parse("new.list += x").GetStringList("new.list"));
    }

    [Fact]
    public void A_reference_to_itself_means_the_earlier_value()
    {
        Assert.Equal("/bin:/usr/bin", Parse("path = /bin\npath = ${path}\":/usr/bin\"").GetString("path"));
        Assert.Equal([1, 2], Parse("a.b = [1]\na.b = ${a.b} [2]").GetIntList("a.b"));
    }

    [Fact]
    public void Includes_come_from_the_callback_and_can_be_overridden()
    {
        var config = ConfigurationFactory.ParseString(
            "common { include \"limits\"\n memory = 2 }\ninclude \"absent\"",
            name => name == "limits" ? Parser.Parse("memory = 1, clients = 10, twice = ${memory}", null) : null!);
        Assert.Equal(2, config.GetInt("common.memory"));
        Assert.Equal(10, config.GetInt("common.clients"));
        Assert.Equal(2, config.GetInt("common.twice"));
    }

    [Theory]
    [InlineData("100", 100)]
    [InlineData("100 ms", 100)]
    [InlineData("1.5s", 1500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1 h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("5000 us", 5)]
    public void Durations_have_units_and_are_milliseconds_without_one(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"a = {text}").GetTimeSpan("a"));

    [Fact]
    public void A_duration_may_be_infinite() => Assert.Equal(Timeout.InfiniteTimeSpan, Parse("a = infinite").GetTimeSpan("a"));

    [Theory]
    [InlineData("128", 128)]
    [InlineData("1 kB", 1000)]
    [InlineData("64 KiB", 65536)]
    [InlineData("1k", 1024)]
    [InlineData("2MB", 2_000_000)]
    [InlineData("1 MiB", 1_048_576)]
    [InlineData("0.5 GiB", 536_870_912)]
    public void Sizes_have_decimal_and_binary_units(string text, long bytes) => Assert.Equal(bytes, Parse($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Booleans_have_two_forms(string text, bool value) => Assert.Equal(value, Parse($"a = {text}").GetBoolean("a"));

    [Fact]
    public void Numbers_may_be_negative_and_fractional()
    {
        var config = Parse("a = -5, b = 1.25, c = 9000000000, d = 1e3");
        Assert.Equal(-5, config.GetInt("a"));
        Assert.Equal(1.25, config.GetDouble("b"));
        Assert.Equal(9_000_000_000, config.GetLong("c"));
        Assert.Equal(1000d, config.GetDouble("d"));
    }

    [Fact]
    public void An_absent_path_answers_the_default()
    {
        var config = Parse("a = 1");
        Assert.Equal(7, config.GetInt("b", 7));
        Assert.Equal("x", config.GetString("b.c", "x"));
        Assert.True(config.GetBoolean("b", true));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("b", TimeSpan.FromSeconds(3)));
        Assert.False(config.HasPath("a.b"));
        Assert.True(config.HasPath("a"));
    }

    [Fact]
    public void A_fallback_fills_in_key_by_key()
    {
        var config = Parse("a { x = 1 }, l = [1]").WithFallback(Parse("a { x = 9, y = 2 }, b = 3, l = [9]")).WithFallback(Parse("b = 8, c = 4"));
        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal(3, config.GetInt("b"));
        Assert.Equal(4, config.GetInt("c"));
        Assert.Equal([1], config.GetIntList("l"));
        Assert.Equal(["a", "b", "c", "l"], config.AsEnumerable().Select(field => field.Key).Order());
    }

    [Fact]
    public void What_is_written_can_be_read_again()
    {
        var config = Parse("a { \"x.y\" = \"line\\n\", n = 1.5, l = [1, two words, { z = on }] }, e = \"\"");
        var again = Parse(config.ToString());
        Assert.Equal("line\n", again.GetString("a.\"x.y\""));
        Assert.Equal("two words", again.GetValue("a.l")!.GetArray()[1].GetString());
        Assert.Equal("", again.GetString("e"));
        Assert.Equal(config.ToString(), again.ToString());
    }

    [Fact]
    public void An_optional_substitution_that_finds_nothing_leaves_the_field_as_it_was()
    {
        var config = Parse("""
            define.secret = "the default"
            define.secret = ${?NO_SUCH_VARIABLE_IS_SET}
            cluster { secret = ${define.secret}, other = ${?define.nowhere} }
            """);
        Assert.Equal("the default", config.GetString("define.secret"));
        Assert.Equal("the default", config.GetString("cluster.secret"));
        Assert.False(config.HasPath("cluster.other"));
    }

    [Fact]
    public void A_substitution_of_a_field_that_found_nothing_finds_nothing()
    {
        Assert.False(Parse("a = ${?NO_SUCH_VARIABLE_IS_SET}, b = ${?a}").HasPath("b"));
        Assert.Throws<ConfigurationException>(() => Parse("a = ${?NO_SUCH_VARIABLE_IS_SET}, b = ${a}"));
    }
}
