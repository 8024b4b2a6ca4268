using System.Diagnostics;

namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>Waits for a condition of another process, by asking until it holds or a deadline passes.</summary>
public static class Eventually
{
    /// <summary>The usual deadline: long, because it is only used up when something is wrong and the machine may be busy.</summary>
    public static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is true. An exception of the question counts as no, and is told if the deadline passes.</summary>
    /// <param name="what">What is waited for, for the message of a failure.</param>
    /// <param name="condition">The question.</param>
    /// <param name="deadline">How long to ask; null: <see cref="DefaultDeadline"/>.</param>
    public static Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? deadline = null) =>
        ResultAsync(what, async () => await condition() ? "" : null, deadline);

    /// <summary>Asks until there is an answer that is not null, and returns it.</summary>
    public static async Task<T> ResultAsync<T>(string what, Func<Task<T?>> question, TimeSpan? deadline = null) where T : class
    {
        TimeSpan limit = deadline ?? DefaultDeadline;
        long started = Stopwatch.GetTimestamp();
        Exception? last = null;
        while (true)
        {
            try
            {
                if (await question() is { } answer)
                    return answer;
                last = null;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                last = e;
            }
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"{what}: not within {limit.TotalSeconds:0.#} s{(last is null ? "" : $"; last: {last.Message}")}", last);
            await Task.Delay(Interval);
        }
    }
}
