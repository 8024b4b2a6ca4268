using System.Text.Json;

namespace AkkaKv.Sentinel;

/// <summary>
/// The form of <see cref="SentinelState"/> on disk: JSON that a person can read, with a format number. Unknown members are ignored, so
/// that a newer version's file can be read by an older one; a missing or damaged one is an error, because a forgotten vote is worse than
/// a sentinel that does not start.
/// </summary>
public static class SentinelStateCodec
{
    private const int Format = 1;

    /// <summary>The bytes to write.</summary>
    public static byte[] Encode(SentinelState state)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("myid", state.MyId);
            json.WriteStartArray("masters");
            foreach (var master in state.Masters)
                WriteMaster(json, master);
            json.WriteEndArray();
            json.WriteStartArray("removed");
            foreach (var name in state.Removed)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a complete state; the message says what is wrong.</exception>
    public static SentinelState Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format != Format)
                throw new FormatException($"The sentinel state has format {format}; this version reads format {Format}.");
            return new SentinelState(
                Text(root, "myid"),
                [.. root.GetProperty("masters").EnumerateArray().Select(ReadMaster)],
                [.. root.GetProperty("removed").EnumerateArray().Select(name => name.GetString() ?? "")]);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The sentinel state cannot be read: {problem.Message}", problem);
        }
    }

    private static void WriteMaster(Utf8JsonWriter json, MasterState master)
    {
        json.WriteStartObject();
        json.WriteString("name", master.Name);
        WriteAddress(json, "address", master.Address);
        json.WriteNumber("config-epoch", master.ConfigEpoch);
        json.WriteNumber("current-epoch", master.CurrentEpoch);
        json.WriteString("leader", master.Leader);
        json.WriteNumber("leader-epoch", master.LeaderEpoch);
        if (master.MayHaveForgotten)
            json.WriteBoolean("may-have-forgotten", true);
        json.WriteStartArray("known-replicas");
        foreach (var replica in master.Replicas)
            WriteAddress(json, null, replica);
        json.WriteEndArray();
        json.WriteStartArray("known-sentinels");
        foreach (var sentinel in master.Sentinels)
        {
            json.WriteStartObject();
            json.WriteString("id", sentinel.Id);
            WriteAddress(json, "address", sentinel.Address);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (master.RunTimeSettings is { } settings)
            WriteSettings(json, settings);
        json.WriteEndObject();
    }

    private static MasterState ReadMaster(JsonElement master) => new(
        Text(master, "name"),
        ReadAddress(master.GetProperty("address")),
        master.GetProperty("config-epoch").GetInt64(),
        master.GetProperty("current-epoch").GetInt64(),
        Text(master, "leader"),
        master.GetProperty("leader-epoch").GetInt64(),
        [.. master.GetProperty("known-replicas").EnumerateArray().Select(ReadAddress)],
        [.. master.GetProperty("known-sentinels").EnumerateArray()
            .Select(known => new KnownSentinel(Text(known, "id"), ReadAddress(known.GetProperty("address"))))],
        master.TryGetProperty("run-time-settings", out var settings) ? ReadSettings(settings, Text(master, "name")) : null)
    {
        MayHaveForgotten = master.TryGetProperty("may-have-forgotten", out var forgotten) && forgotten.GetBoolean(),
    };

    private static void WriteSettings(Utf8JsonWriter json, MasterSettings settings)
    {
        json.WriteStartObject("run-time-settings");
        WriteAddress(json, "address", settings.Address);
        json.WriteNumber("quorum", settings.Quorum);
        json.WriteNumber("down-after-milliseconds", settings.DownAfterMs);
        json.WriteNumber("failover-timeout", settings.FailoverTimeoutMs);
        json.WriteNumber("parallel-syncs", settings.ParallelSyncs);
        json.WriteString("auth-user", settings.AuthUser);
        json.WriteString("auth-pass", settings.AuthPassword);
        json.WriteString("notification-script", settings.NotificationScript);
        json.WriteString("client-reconfig-script", settings.ClientReconfigScript);
        json.WriteNumber("master-reboot-down-after-period", settings.MasterRebootDownAfterMs);
        json.WriteBoolean("trust-hard-evidence", settings.TrustHardEvidence);
        json.WriteEndObject();
    }

    private static MasterSettings ReadSettings(JsonElement settings, string name) => new()
    {
        Name = name,
        Address = ReadAddress(settings.GetProperty("address")),
        Quorum = settings.GetProperty("quorum").GetInt32(),
        DownAfterMs = settings.GetProperty("down-after-milliseconds").GetInt64(),
        FailoverTimeoutMs = settings.GetProperty("failover-timeout").GetInt64(),
        ParallelSyncs = settings.GetProperty("parallel-syncs").GetInt32(),
        AuthUser = settings.GetProperty("auth-user").GetString(),
        AuthPassword = settings.GetProperty("auth-pass").GetString(),
        NotificationScript = settings.GetProperty("notification-script").GetString(),
        ClientReconfigScript = settings.GetProperty("client-reconfig-script").GetString(),
        MasterRebootDownAfterMs = settings.GetProperty("master-reboot-down-after-period").GetInt64(),
        TrustHardEvidence = settings.GetProperty("trust-hard-evidence").GetBoolean(),
    };

    private static void WriteAddress(Utf8JsonWriter json, string? name, InstanceAddress address)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("host", address.Host);
        json.WriteNumber("port", address.Port);
        json.WriteEndObject();
    }

    private static InstanceAddress ReadAddress(JsonElement address) => new(Text(address, "host"), address.GetProperty("port").GetInt32());

    private static string Text(JsonElement owner, string name) =>
        owner.GetProperty(name).GetString() ?? throw new FormatException($"The sentinel state has no {name}.");
}
