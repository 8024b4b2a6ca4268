using System.Runtime.InteropServices;

namespace AkkaKv.Actors.Network.Io;

/// <summary>The system calls of <see cref="EpollLoop"/> and <see cref="EpollIo"/>, with the constants and layouts of 64-bit Linux.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int Interrupted = 4;
    public const int WouldBlock = 11;

    /// <summary>Neither waits nor raises SIGPIPE (MSG_DONTWAIT, MSG_NOSIGNAL).</summary>
    public const int AtOnce = 0x40 | 0x4000;

    public const int ControlAdd = 1;
    public const int ControlModify = 3;
    public const int CloseOnExec = 0x80000;

    public const uint CanRead = 0x1;
    public const uint CanWrite = 0x4;
    public const uint HasFailed = 0x8;
    public const uint HasHungUp = 0x10;
    public const uint PeerHasShutDown = 0x2000;
    public const uint EdgeTriggered = 1u << 31;

    /// <summary>Whether the layouts below are this system's.</summary>
    public static bool AreSupported { get; } =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Bytes of an event: four of flags, then eight of the user's, aligned except on x64.</summary>
    public static int EventSize { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where an event has the user's bytes.</summary>
    public static int EventDataAt => EventSize - sizeof(ulong);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static partial int ControlEpoll(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    public static partial int WaitEpoll(int epoll, byte* events, int eventsMax, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "recv")]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send")]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg")]
    public static partial nint Send(int socket, Message* message, int flags);

    /// <summary>A run of bytes (struct iovec).</summary>
    public struct Run
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>Runs of bytes to send together (struct msghdr).</summary>
    public struct Message
    {
        public void* Name;
        public nuint NameLength;
        public Run* Runs;
        public nuint RunCount;
        public void* Control;
        public nuint ControlLength;
        public nint Flags;
    }
}
