using System.Collections;
using AkkaKv.Actors.Settings;
using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Server.Configuration;

namespace AkkaKv.EndToEnd.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Nothing_given_is_a_standalone_data_node()
    {
        NodeSettings settings = Valid(Load());
        Assert.Equal(RoleSet.Data, settings.Roles);
        Assert.Equal(6379, settings.Gateway.Port);
        Assert.False(settings.Cluster.Enabled);
        Assert.Null(settings.Replication.ReplicaOf);
        Assert.Equal("127.0.0.1-6379", settings.Name);
    }

    [Fact]
    public void The_command_line_beats_the_environment_which_beats_files_which_beat_the_defaults()
    {
        string first = Write("first.conf", "akkakv.gateway { port = 1001, backlog = 11, max-clients = 12, host = \"::1\" }");
        string second = Write("second.conf", "akkakv.gateway { port = 1002, backlog = 22, max-clients = 23 }");
        NodeSettings settings = Valid(Load([first, second],
            environment: new() { ["AKKAKV_GATEWAY_PORT"] = "1003", ["AKKAKV_GATEWAY_BACKLOG"] = "33" },
            sets: ["akkakv.gateway.port=1004"]));
        Assert.Equal(1004, settings.Gateway.Port);
        Assert.Equal(33, settings.Gateway.Backlog);
        Assert.Equal(23, settings.Gateway.MaxClients);
        Assert.Equal("::1", settings.Gateway.Host);
        Assert.Equal(16, settings.Keyspace.Databases);
    }

    [Fact]
    public void Users_are_taken_from_the_file_or_from_a_file_of_users()
    {
        string users = Write("users.acl", "user carol on nopass ~* +@all\n");
        NodeSettings given = Valid(Load([Write("users.conf", "akkakv.gateway.users { alice { rules = \"on >p ~a* +get\" }, default { rules = \"off\" } }")]));
        NodeSettings fromFile = Valid(Load([Write("file.conf", $"akkakv.gateway.acl-file = \"{users}\"")]));

        Assert.Equal("user alice on >p ~a* +get\nuser default off\n", given.Gateway.UserLines);
        Assert.Equal("user carol on nopass ~* +@all\n", fromFile.Gateway.UserLines);
        Assert.Equal(users, fromFile.Gateway.AclFile);
        Assert.True(SecretSettings.Is("akkakv.gateway.users.alice.rules"));
    }

    [Theory]
    [InlineData("akkakv { gateway { port = abc } }", "FILE:1: akkakv.gateway.port: expected a port from 0 to 65535, found 'abc'")]
    [InlineData("akkakv {\n\n  gateway.port = 70000\n}", "FILE:3: akkakv.gateway.port: expected a port from 0 to 65535, found '70000'")]
    [InlineData("akkakv.roles = [data, master]", "FILE:1: akkakv.roles: expected a list of data, sentinel and gateway, found 'master'")]
    [InlineData("akkakv.log.level = loud", "FILE:1: akkakv.log.level: expected one of debug, info, warning, error, found 'loud'")]
    [InlineData("akkakv.gateway.prot = 7", "FILE:1: akkakv.gateway.prot: is not a setting; did you mean akkakv.gateway.port?")]
    [InlineData("akkakv.replication.timeout = 5s", "FILE:1: akkakv.replication.timeout: expected more than akkakv.replication.ping-period")]
    [InlineData("akkakv.replication.replicaof = db1", "FILE:1: akkakv.replication.replicaof: expected host:port, or nothing, found 'db1'")]
    [InlineData("akkakv.gateway.query-buffer-limit = 5 apples", "FILE:1: akkakv.gateway.query-buffer-limit: expected a size such as")]
    [InlineData("akkakv.gateway.port = [1, 2]", "FILE:1: akkakv.gateway.port: expected a port from 0 to 65535, found '1,2'")]
    [InlineData("akkakv.gateway.users.bob.rules = \"on >p +nosuch\"", "FILE:1: akkakv.gateway.users.bob.rules: Unknown command or category name in ACL")]
    [InlineData("akkakv.gateway.acl-file = \"/nowhere/users.acl\"", "FILE:1: akkakv.gateway.acl-file: expected a file of users that can be read")]
    [InlineData("akkakv.gateway = 7", "FILE:1: akkakv.gateway: is not a setting")]
    [InlineData("akkkv.gateway.port = 7", "FILE:1: akkkv: is no section; a file holds akkakv, akka and define")]
    [InlineData("akkakv.name = \"a/b\"", "FILE:1: akkakv.name: expected letters, digits, . - and _, found 'a/b'")]
    [InlineData("akkakv {\n  gateway {\n", "FILE:2:")]
    [InlineData("akkakv.cluster.port = 7021", "akkakv.cluster.secret: expected at least 8 characters, because akkakv.cluster.port is set")]
    [InlineData("akkakv.roles = [gateway]", "akkakv.router.sentinels: expected at least one host:port, because this process has the role gateway")]
    [InlineData("akkakv { roles = [data, gateway], router { port = 6379, sentinels = [\"a:1\"] } }",
        "FILE:1: akkakv.router.port: expected another port than akkakv.gateway.port, found 6379 in both")]
    public void What_is_wrong_is_named_by_line_path_and_expectation(string hocon, string expected)
    {
        string file = Write("wrong.conf", hocon);
        LoadedConfiguration loaded = Load([file]);
        Assert.Contains(loaded.Problems, problem => problem.StartsWith(expected.Replace("FILE", file), StringComparison.Ordinal));
        Assert.Null(loaded.Settings);
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once()
    {
        string file = Write("wrong.conf", "akkakv {\n gateway.port = x\n keyspace.databases = 0\n nothing = 1\n}");
        Assert.Equal(3, Load([file]).Problems.Count);
    }

    [Fact]
    public void An_error_in_a_secret_does_not_show_it()
    {
        string file = Write("wrong.conf", "akkakv.gateway.password = [hunter2]");
        string problem = Assert.Single(Load([file]).Problems);
        Assert.DoesNotContain("hunter2", problem);
    }

    [Fact]
    public void A_missing_file_is_an_error()
    {
        string problem = Assert.Single(Load([Path.Combine(_directory.FullName, "none.conf")]).Problems);
        Assert.EndsWith("none.conf: cannot be read: it does not exist", problem);
    }

    [Fact]
    public void An_unknown_variable_is_an_error_but_not_those_of_service_discovery()
    {
        Assert.StartsWith("environment AKKAKV_GATEWAY_PRT: names no setting",
            Assert.Single(Load(environment: new() { ["AKKAKV_GATEWAY_PRT"] = "1" }).Problems));
        Valid(Load(environment: new()
        {
            ["AKKAKV_GATEWAY_PORT"] = "tcp://10.0.0.1:6379",
            ["AKKAKV_SERVICE_HOST"] = "10.0.0.1",
            ["AKKAKV_GATEWAY_PORT_6379_TCP_ADDR"] = "10.0.0.1",
        }));
    }

    [Fact]
    public void Lists_are_written_with_commas_outside_of_files()
    {
        NodeSettings settings = Valid(Load(environment: new() { ["AKKAKV_ROLES"] = "data,gateway" }, sets: ["akkakv.router.sentinels=a:1, b:2"]));
        Assert.Equal(RoleSet.Data | RoleSet.Gateway, settings.Roles);
        Assert.Equal([new HostPort("a", 1), new HostPort("b", 2)], settings.Router.Sentinels);
    }

    [Fact]
    public void A_watched_master_takes_what_it_does_not_say_from_the_defaults()
    {
        string file = Write("sentinel.conf", """
            akkakv {
              roles = [sentinel]
              sentinel {
                masters { my-master { host = "10.0.0.5", down-after = 300ms, quorum = 1 } }
                master-defaults { failover-timeout = 7s }
              }
            }
            """);
        WatchedMasterSettings master = Assert.Single(Valid(Load([file], new() { ["AKKAKV_SENTINEL_MASTERS_MY_MASTER_PORT"] = "7001" })).Sentinel.Masters);
        Assert.Equal("my-master", master.Name);
        Assert.Equal("10.0.0.5", master.Host);
        Assert.Equal(7001, master.Port);
        Assert.Equal(TimeSpan.FromMilliseconds(300), master.DownAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), master.FailoverTimeout);
    }

    [Fact]
    public void An_included_file_is_found_beside_the_file_and_its_lines_are_named()
    {
        Write("shared.conf", "gateway {\n  port = 80000\n}");
        string file = Write("node.conf", "akkakv {\n  include \"shared.conf\"\n}");
        string problem = Assert.Single(Load([file]).Problems);
        Assert.StartsWith(Path.Combine(_directory.FullName, "shared.conf") + ":2: akkakv.gateway.port:", problem);
    }

    [Fact]
    public void Values_of_ones_own_can_be_referred_to()
    {
        string file = Write("node.conf", "define.password = geheim\nakkakv { gateway.password = ${define.password}, replication.master-password = ${define.password} }");
        Assert.Equal("geheim", Valid(Load([file])).Replication.MasterPassword);
    }

    [Fact]
    public void Settings_of_the_actor_system_are_passed_on()
    {
        string file = Write("node.conf", "akka.loglevel = DEBUG\nakka.actor.x = 1");
        LoadedConfiguration loaded = Load([file], sets: ["akka.actor.x=2"]);
        Valid(loaded);
        Assert.Equal("DEBUG", loaded.Akka.GetString("akka.loglevel"));
        Assert.Equal(2, loaded.Akka.GetInt("akka.actor.x"));
    }

    [Fact]
    public void The_effective_configuration_reads_back_as_the_same_settings_and_hides_secrets()
    {
        string file = Write("node.conf", """
            akkakv {
              roles = [data, sentinel]
              gateway { password = "pass word", port = 7001 }
              sentinel { masters.m1 { host = db1, quorum = 1 }, masters.m2 { host = db2, quorum = 1 } }
            }
            """);
        LoadedConfiguration loaded = Load([file]);
        var output = new StringWriter();
        EffectiveConfiguration.Write(loaded.Effective, output);
        string text = output.ToString();
        Assert.DoesNotContain("pass word", text);
        Assert.Contains($"port = 7001  # {file}:3", text);

        NodeSettings again = Valid(Load([Write("again.conf", text)]));
        NodeSettings original = Valid(loaded);
        Assert.Equal(original.Gateway with { Password = SecretSettings.Mask }, again.Gateway);
        Assert.Equal(original.Replication, again.Replication);
        Assert.Equal(original.Sentinel.Masters, again.Sentinel.Masters);
    }

    [Fact]
    public void No_two_settings_share_a_variable()
    {
        string[] variables = [.. Load().Effective.Settings.Keys.Select(EnvironmentLayer.VariableOf)];
        Assert.Equal(variables.Length, variables.Distinct().Count());
    }

    private string Write(string name, string text) => _directory.Write(name, text);

    private static LoadedConfiguration Load(string[]? files = null, Dictionary<string, string>? environment = null, string[]? sets = null) =>
        ConfigurationLoader.Load(files ?? [], sets ?? [], (IDictionary)(environment ?? []));

    private static NodeSettings Valid(LoadedConfiguration loaded)
    {
        Assert.Empty(loaded.Problems);
        return loaded.Settings!;
    }
}
