namespace Akka;

/// <summary>That something is done, where a task needs a result type.</summary>
public sealed class Done
{
    /// <summary>The only one.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
