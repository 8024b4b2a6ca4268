using AkkaKv.Commands.Access;
using AkkaKv.Commands.Configuration;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Access;

public sealed class AccessTests : IDisposable
{
    private readonly TestNode _node = new();

    [Fact]
    public void Passwords_are_kept_and_shown_as_hashes_only()
    {
        _node.Line("ACL SETUSER alice on >secret ~* +@all");

        Assert.DoesNotContain("secret", _node.Line("ACL LIST"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _node.Line("ACL GETUSER alice"), StringComparison.Ordinal);
        Assert.Contains("#2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", _node.Line("ACL LIST"), StringComparison.Ordinal);
        Assert.Equal("OK", _node.Connect().Line("AUTH alice secret"));
        Assert.Equal("(error) WRONGPASS invalid username-password pair or user is disabled.", _node.Connect().Line("AUTH alice other"));
        Assert.Equal("(error) WRONGPASS invalid username-password pair or user is disabled.", _node.Connect().Line("AUTH nobody secret"));
    }

    [Fact]
    public void A_user_may_do_what_its_rules_say_and_nothing_else()
    {
        _node.Line("ACL SETUSER alice on >p ~app:* %R~shared:* &news:* +@read +set +publish +subscribe -scan");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice p");

        Assert.Equal("OK", alice.Line("SET app:1 v"));
        Assert.Equal("\"v\"", alice.Line("GET app:1"));
        Assert.Equal("(nil)", alice.Line("GET shared:1"));
        const string Key = "(error) NOPERM this user has no permissions to access one of the keys used as arguments";
        Assert.Equal(Key, alice.Line("SET shared:1 v"));
        Assert.Equal(Key, alice.Line("MGET app:1 other"));
        Assert.Equal("(error) NOPERM this user has no permissions to run the 'del' command", alice.Line("DEL app:1"));
        Assert.Equal("(error) NOPERM this user has no permissions to run the 'config|get' command", alice.Line("CONFIG GET *"));
        Assert.Equal("(error) NOPERM this user has no permissions to run the 'scan' command", alice.Line("SCAN 0"));
        Assert.Equal("(integer) 0", alice.Line("PUBLISH news:1 m"));
        Assert.Equal("(error) NOPERM this user has no permissions to access one of the channels used as arguments", alice.Line("PUBLISH other m"));
    }

    [Fact]
    public void A_selector_allows_a_command_only_with_its_own_keys()
    {
        _node.Line("ACL SETUSER bob on nopass ~a* +get (~b* +set)");
        TestClient bob = _node.Connect();
        bob.Line("AUTH bob any");

        Assert.Equal("(nil)", bob.Line("GET a1"));
        Assert.Equal("OK", bob.Line("SET b1 v"));
        Assert.StartsWith("(error) NOPERM", bob.Line("SET a1 v"), StringComparison.Ordinal);
        Assert.StartsWith("(error) NOPERM", bob.Line("GET b1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_do_not_all_apply_change_nothing()
    {
        _node.Line("ACL SETUSER alice on ~a* +get");
        string before = _node.Line("ACL LIST");

        Assert.StartsWith("(error) ERR Error in ACL SETUSER modifier '+nosuch'", _node.Line("ACL SETUSER alice off +set +nosuch"), StringComparison.Ordinal);
        Assert.StartsWith("(error)", _node.Line("ACL SETUSER fresh +nosuch"), StringComparison.Ordinal);
        Assert.Equal(before, _node.Line("ACL LIST"));
    }

    [Fact]
    public void A_command_that_lost_its_permission_in_a_transaction_is_refused_by_exec()
    {
        _node.Line("ACL SETUSER alice on nopass ~* +@all");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice x");
        alice.Line("MULTI");
        alice.Line("SET a 1");
        alice.Line("GET b");
        _node.Line("ACL SETUSER alice -set");

        RespValue replies = alice.Do("EXEC");
        Assert.StartsWith("(error) NOPERM ACLs rules changed between the moment", replies[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("(nil)", replies[1].ToString());
        Assert.Equal("(integer) 0", _node.Line("EXISTS a"));
    }

    [Fact]
    public void A_refused_command_breaks_the_transaction()
    {
        _node.Line("ACL SETUSER alice on nopass ~a* +@all");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice x");
        alice.Line("MULTI");
        Assert.StartsWith("(error) NOPERM", alice.Line("SET b 1"), StringComparison.Ordinal);
        Assert.StartsWith("(error) EXECABORT", alice.Line("EXEC"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_connections_of_a_removed_user_end()
    {
        _node.Line("ACL SETUSER alice on nopass ~* &* +@all");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice x");
        Assert.Equal("(integer) 1", _node.Line("ACL DELUSER alice nobody"));

        Assert.NotNull(alice.CloseReason);
        Assert.Equal("(error) ERR The 'default' user cannot be removed", _node.Line("ACL DELUSER default"));
    }

    [Fact]
    public void A_listener_that_may_not_hear_its_channel_any_more_is_disconnected()
    {
        _node.Line("ACL SETUSER alice on nopass ~* &a* &b* +@all");
        TestClient listener = _node.Connect();
        TestClient idle = _node.Connect();
        listener.Line("AUTH alice x");
        idle.Line("AUTH alice x");
        listener.Line("SUBSCRIBE a1");
        _node.Line("ACL SETUSER alice resetchannels &a*");
        Assert.Null(listener.CloseReason);
        _node.Line("ACL SETUSER alice resetchannels &b*");

        Assert.NotNull(listener.CloseReason);
        Assert.Null(idle.CloseReason);
    }

    [Fact]
    public void Requirepass_is_the_password_of_the_default_user()
    {
        TestClient before = _node.Connect();
        _node.Line("CONFIG SET requirepass secret");
        Assert.Equal("PONG", before.Line("PING"));
        TestClient after = _node.Connect();
        Assert.Equal("(error) NOAUTH Authentication required.", after.Line("PING"));
        Assert.Equal("OK", after.Line("AUTH secret"));
        Assert.Equal("PONG", after.Line("PING"));
        _node.Line("ACL SETUSER default >another");
        Assert.Equal("OK", _node.Connect().Line("AUTH another"));
        _node.Do("CONFIG", "SET", "requirepass", "");
        Assert.Equal("PONG", _node.Connect().Line("PING"));
    }

    [Fact]
    public void A_default_user_that_is_off_lets_nobody_in_without_a_login()
    {
        _node.Line("ACL SETUSER alice on >p ~* +@all");
        _node.Line("ACL SETUSER default off");
        TestClient client = _node.Connect();
        Assert.Equal("(error) NOAUTH Authentication required.", client.Line("GET a"));
        Assert.Equal("alice", Greet(client));
        Assert.Equal("(nil)", client.Line("GET a"));

        static string Greet(TestClient client)
        {
            client.Line("HELLO 3 AUTH alice p");
            return client.Do("ACL", "WHOAMI").Text;
        }
    }

    [Fact]
    public void Refusals_are_logged_and_repetitions_counted()
    {
        _node.Line("ACL SETUSER alice on >p ~a* &c* +@all -del");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice wrong");
        alice.Line("AUTH alice p");
        alice.Line("DEL a");
        alice.Line("DEL a");
        alice.Line("GET b");
        alice.Line("PUBLISH d m");

        RespValue log = _node.Do("ACL", "LOG");
        string[] entries = [.. log.Items.Select(entry => $"{entry[1].Text} {entry[3].Text} {entry[5].Text} {entry[7].Text} {entry[9].Text}")];
        Assert.Equal(["1 channel toplevel d alice", "1 key toplevel b alice", "2 command toplevel del alice", "1 auth toplevel AUTH alice"], entries);
        Assert.Single(_node.Do("ACL", "LOG", "1").Items);
        Assert.Equal("OK", _node.Line("ACL LOG RESET"));
        Assert.Empty(_node.Do("ACL", "LOG").Items);
    }

    [Fact]
    public void A_script_may_do_no_more_than_its_user()
    {
        _node.Line("ACL SETUSER alice on nopass ~a* +@all");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice x");
        Assert.Equal("OK", alice.Do("EVAL", "return redis.call('set', 'a', '1')", "1", "a").ToString());
        Assert.Contains("can't access at least one of the keys", alice.Do("EVAL", "return redis.call('set', 'b', '1')", "1", "a").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SORT_reads_keys_by_patterns_only_for_who_may_read_all()
    {
        _node.Line("ACL SETUSER alice on nopass ~x* +@all");
        TestClient alice = _node.Connect();
        alice.Line("AUTH alice x");
        alice.Line("RPUSH x1 3 1 2");
        Assert.Equal("(error) ERR BY option of SORT denied due to insufficient ACL permissions.", alice.Line("SORT x1 BY y*"));
        Assert.Equal("(error) ERR GET option of SORT denied due to insufficient ACL permissions.", alice.Line("SORT x1 GET #"));
        Assert.Equal("[\"3\", \"1\", \"2\"]", alice.Line("SORT x1 BY nosort"));
        Assert.StartsWith("(error) NOPERM", alice.Line("SORT x1 STORE y"), StringComparison.Ordinal);
        Assert.Equal("(integer) 3", alice.Line("SORT x1 STORE x2"));
        _node.Line("ACL SETUSER alice (%R~* +sort)");
        Assert.Equal("[\"1\", \"2\", \"3\"]", alice.Line("SORT x1 BY y*"));
        Assert.StartsWith("(error) ERR BY option", alice.Line("SORT x1 BY y* STORE x2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Described_rules_give_the_same_user_again()
    {
        Random random = new(1);
        string[] rules = ["+@all", "-@all", "+@read", "-@write", "+@fast", "-@slow", "-@dangerous", "+@hash", "+get", "-set", "+config|get", "-client", "+select|0", "~a*", "%R~b*", "resetkeys", "&c*"];
        for (int i = 0; i < 300; i++)
        {
            string[] drawn = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => rules[random.Next(rules.Length)])];
            _node.Do(["ACL", "SETUSER", "original", "reset", .. drawn]);
            string line = _node.Do("ACL", "LIST").Items.Select(item => item.Text).Single(text => text.StartsWith("user original ", StringComparison.Ordinal));
            string described = line["user original ".Length..];
            _node.Do(["ACL", "SETUSER", "copy", "reset", .. described.Split(' ')]);

            Assert.Contains($"user copy {described}", _node.Do("ACL", "LIST").Items.Select(item => item.Text));
        }
    }

    [Fact]
    public void A_generated_password_has_the_bits_asked_for()
    {
        Assert.Equal(64, _node.Do("ACL", "GENPASS").Text.Length);
        Assert.Equal(2, _node.Do("ACL", "GENPASS", "5").Text.Length);
        Assert.NotEqual(_node.Line("ACL GENPASS"), _node.Line("ACL GENPASS"));
    }

    [Fact]
    public void Users_of_the_settings_are_there_from_the_start()
    {
        using TestNode node = new(new ServerSettings { UserLines = "user alice on >p ~* +@all\nuser default off\n" });
        TestClient client = node.Connect();
        Assert.Equal("(error) NOAUTH Authentication required.", client.Line("PING"));
        Assert.Equal("OK", client.Line("AUTH alice p"));
        Assert.Equal("PONG", client.Line("PING"));
    }

    [Theory]
    [InlineData("user alice on >p ~* +@all", null)]
    [InlineData("user alice +nosuch", "f:1: Error in applying operation '+nosuch'")]
    [InlineData("\nalice on", "f:2 should start with user keyword")]
    [InlineData("user a on\nuser a off", "Duplicate user 'a' found on line 2")]
    [InlineData("user a (+get", "Unmatched parenthesis")]
    public void A_file_of_users_is_checked_line_by_line(string text, string? error)
    {
        string? found = AclFile.Check("f", text);
        Assert.True(error is null ? found is null : found!.Contains(error, StringComparison.Ordinal), found);
    }

    public void Dispose() => _node.Dispose();
}
