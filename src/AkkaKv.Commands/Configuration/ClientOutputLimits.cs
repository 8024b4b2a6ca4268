using System.Globalization;

namespace AkkaKv.Commands.Configuration;

/// <summary>How much unsent output a class of clients may have.</summary>
/// <param name="HardBytes">Beyond this the connection is closed at once; 0: no limit.</param>
/// <param name="SoftBytes">Beyond this for <paramref name="SoftSeconds"/> it is closed; 0: no limit.</param>
/// <param name="SoftSeconds">See there.</param>
public readonly record struct ClientOutputLimit(long HardBytes, long SoftBytes, int SoftSeconds);

/// <summary>The <c>client-output-buffer-limit</c> parameter: a limit for each class of clients.</summary>
public static class ClientOutputLimits
{
    /// <summary>Redis's default.</summary>
    public const string Default = "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60";

    private static readonly string[] Classes = ["normal", "slave", "pubsub"];

    /// <summary>The limit of <paramref name="clientClass"/> (<c>normal</c>, <c>slave</c> or <c>pubsub</c>) in the settings.</summary>
    public static ClientOutputLimit Of(ServerSettings settings, string clientClass)
    {
        string[] words = settings.Held["client-output-buffer-limit"].Split(' ');
        int index = Array.IndexOf(words, clientClass);
        return new ClientOutputLimit(Number(words[index + 1]), Number(words[index + 2]), (int)Number(words[index + 3]));
    }

    internal static string? Change(ServerSettings settings, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words.Length % 4 != 0)
        {
            return "Wrong number of arguments in buffer limit configuration.";
        }

        string[] current = settings.Held["client-output-buffer-limit"].Split(' ');
        for (int i = 0; i < words.Length; i += 4)
        {
            string clientClass = words[i].Equals("replica", StringComparison.OrdinalIgnoreCase) ? "slave" : words[i].ToLowerInvariant();
            if (!Classes.Contains(clientClass))
            {
                return "Invalid client class specified in buffer limit configuration.";
            }

            if (!MemorySize.TryParse(words[i + 1], out long hard) || !MemorySize.TryParse(words[i + 2], out long soft)
                || !int.TryParse(words[i + 3], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            {
                return "Error in hard, soft or soft_seconds setting in buffer limit configuration.";
            }

            int at = Array.IndexOf(current, clientClass);
            current[at + 1] = hard.ToString(CultureInfo.InvariantCulture);
            current[at + 2] = soft.ToString(CultureInfo.InvariantCulture);
            current[at + 3] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        settings.Held["client-output-buffer-limit"] = string.Join(' ', current);
        return null;
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
