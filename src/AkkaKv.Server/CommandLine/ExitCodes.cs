namespace AkkaKv.Server.CommandLine;

/// <summary>What the process answers to its parent.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or stopped as asked.</summary>
    public const int Ok = 0;

    /// <summary>Could not start, or stopped by an error.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was started.</summary>
    public const int WrongConfiguration = 2;
}
