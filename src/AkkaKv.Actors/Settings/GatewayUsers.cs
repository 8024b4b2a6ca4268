using System.Text;
using AkkaKv.Commands.Access;

namespace AkkaKv.Actors.Settings;

/// <summary>The users of a data node: <c>akkakv.gateway.users</c>, or the file <c>akkakv.gateway.acl-file</c>. Their rules are checked here, so that nothing starts with wrong ones.</summary>
internal static class GatewayUsers
{
    /// <summary>The users as lines of "user NAME rules"; each character is one byte.</summary>
    public static string Read(SettingsReader reader, string at)
    {
        string file = reader.Text($"{at}.acl-file");
        IReadOnlyList<string> names = reader.Names($"{at}.users");
        StringBuilder lines = new();
        foreach (string name in names)
        {
            string path = $"{at}.users.{name}.rules";
            string rules = reader.Text(path);
            if (rules.Contains('\n', StringComparison.Ordinal))
                reader.Report(path, "expected one line of rules");
            else if (AclFile.CheckUser(Bytes(name), Bytes(rules)) is { } error)
                reader.Report(path, error);
            lines.Append("user ").Append(Bytes(name)).Append(' ').Append(Bytes(rules)).Append('\n');
        }

        if (file.Length == 0)
            return lines.ToString();
        if (names.Count > 0)
            reader.Report($"{at}.acl-file", $"expected nothing, because {at}.users are given");
        return ReadFile(reader, $"{at}.acl-file", file);
    }

    private static string ReadFile(SettingsReader reader, string path, string file)
    {
        try
        {
            string text = File.ReadAllText(file, Encoding.Latin1);
            if (AclFile.Check(file, text) is { } errors)
                reader.Report(path, errors);
            return text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reader.Report(path, $"expected a file of users that can be read: {exception.Message}");
            return "";
        }
    }

    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
