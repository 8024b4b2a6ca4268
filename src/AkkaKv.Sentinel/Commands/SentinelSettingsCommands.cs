using AkkaKv.Protocol;

namespace AkkaKv.Sentinel;

/// <summary>SENTINEL CONFIG and SENTINEL DEBUG: options and timings of the whole sentinel at run time.</summary>
internal static class SentinelSettingsCommands
{
    public static void Config(ISentinelDirectory directory, SentinelArguments request, ReplyWriter reply)
    {
        if (request.Is(2, "get") && request.Count == 4)
            Get(directory, request[3], reply);
        else if (request.Is(2, "set") && request.Count == 5)
            Set(directory, request[3], request[4], reply);
        else
            reply.Error("ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.");
    }

    public static void Debug(ISentinelDirectory directory, SentinelArguments request, ReplyWriter reply)
    {
        if (request.Count == 2)
        {
            var rows = TimingNames.List(directory.Timings);
            reply.Map(rows.Count);
            foreach (var (name, value) in rows)
            {
                reply.Bulk(name);
                reply.BulkInteger(value);
            }
            return;
        }
        var timings = directory.Timings;
        for (var index = 2; index < request.Count; index += 2)
        {
            if (index + 1 >= request.Count || !TimingNames.Has(request[index]))
            {
                reply.Error($"ERR Unknown option or number of arguments for SENTINEL DEBUG '{request[index]}'");
                return;
            }
            if (!request.TryNumber(index + 1, out var value) || value <= 0)
            {
                reply.Error($"ERR Invalid argument '{request[index + 1]}' for SENTINEL DEBUG '{request[index]}'");
                return;
            }
            timings = TimingNames.With(timings, request[index], value);
        }
        directory.ChangeTimings(timings);
        reply.Ok();
    }

    private static void Get(ISentinelDirectory directory, string pattern, ReplyWriter reply)
    {
        var lowered = pattern.ToLowerInvariant();
        var matching = directory.Options.List().Where(option => NamePattern.Matches(lowered, option.Name)).ToList();
        reply.Map(matching.Count);
        foreach (var (name, value) in matching)
        {
            reply.Bulk(name);
            reply.Bulk(value);
        }
    }

    private static void Set(ISentinelDirectory directory, string name, string value, ReplyWriter reply)
    {
        var lowered = name.ToLowerInvariant();
        if (!directory.Options.Has(lowered))
        {
            reply.Error($"ERR Invalid argument '{name}' to SENTINEL CONFIG SET");
        }
        else if (directory.Options.With(lowered, value) is not { } changed)
        {
            reply.Error($"ERR Invalid value '{value}' to SENTINEL CONFIG SET '{name}'");
        }
        else
        {
            directory.ChangeOptions(changed);
            reply.Ok();
        }
    }
}
