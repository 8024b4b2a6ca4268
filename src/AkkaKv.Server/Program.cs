using System.CommandLine;
using AkkaKv.Server;
using AkkaKv.Server.CommandLine;

SocketTuning.Apply();

var root = new RootCommand("AkkaKv, a Redis-compatible, highly available key-value cluster. Without a command it starts a whole topology on this machine.");
root.Add(LocalCommand.Create(root));
root.Add(NodeCommand.Create());
root.Add(CheckCommand.Create());
root.Add(PingCommand.Create());

// Commands that run until a signal handle signals themselves: they have children to stop and state to write.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
